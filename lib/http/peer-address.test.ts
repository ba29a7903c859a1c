import { expect, test } from "vitest";
import { clientAddress } from "@/lib/auth/client-address";
import { installPeerAddress } from "./peer-address";
import { serve } from "./testing/serve";

test("the address of the socket replaces whatever the client sent under our name", async () => {
  installPeerAddress();
  const server = await serve((request, response) => {
    response.end(clientAddress(new Headers(request.headers as Record<string, string>), 0));
  });
  const forged = { "x-posturio-peer": "6.6.6.6", "x-forwarded-for": "7.7.7.7" };
  expect((await server.ask("GET", forged)).text).toBe("127.0.0.1");
  expect((await server.ask("GET")).text).toBe("127.0.0.1");
  server.close();
});
