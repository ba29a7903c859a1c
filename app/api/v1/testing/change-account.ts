import { NextRequest } from "next/server";
import { PATCH } from "../accounts/[id]/route";

/** One request in a process of its own, which a test may kill: `change-account.ts <token> <key> <account> <name>`. */
const [token = "", key = "", id = "", name = ""] = process.argv.slice(2);
const request = new NextRequest("http://localhost:3000/api/v1/x", {
  method: "PATCH",
  headers: {
    authorization: `Bearer ${token}`,
    "idempotency-key": key,
    "content-type": "application/json",
  },
  body: JSON.stringify({ name }),
});
const { status } = await PATCH(request, { params: Promise.resolve({ id }) });
process.exit(status === 200 ? 0 : 1);
