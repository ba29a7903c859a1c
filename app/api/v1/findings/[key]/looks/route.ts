import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { lookAgain, stopLooking } from "@/lib/scans/looks/look-again";

export const POST = serve(operations.lookAgain, ({ ctx, params }) => lookAgain(ctx, params));

export const DELETE = serve(operations.stopLooking, ({ ctx, params }) => stopLooking(ctx, params));
