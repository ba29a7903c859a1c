import type { NextRequest } from "next/server";
import { notFound } from "@/lib/errors";
import { problemResponse } from "@/lib/http/problem";
import { requestIdOf } from "@/lib/http/request-id";

/** An address of the API that does not exist is answered with a problem like every other, not with a page. */
function unknownAddress(request: NextRequest): Response {
  return problemResponse(notFound(), requestIdOf(request.headers));
}

export {
  unknownAddress as DELETE,
  unknownAddress as GET,
  unknownAddress as PATCH,
  unknownAddress as POST,
  unknownAddress as PUT,
};
