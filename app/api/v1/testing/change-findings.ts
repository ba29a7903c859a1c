import { NextRequest } from "next/server";
import { POST } from "../findings/bulk/route";

/** One request in a process of its own, which a test may kill: `change-findings.ts <token> <key> <body>`. */
const [token = "", key = "", body = ""] = process.argv.slice(2);
const request = new NextRequest("http://localhost:3000/api/v1/x", {
  method: "POST",
  headers: {
    authorization: `Bearer ${token}`,
    "idempotency-key": key,
    "content-type": "application/json",
  },
  body,
});
const { status } = await POST(request, { params: Promise.resolve({}) });
process.exit(status === 200 ? 0 : 1);
