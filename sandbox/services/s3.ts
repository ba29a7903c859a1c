import type { Principal } from "../model/identity";
import type { World } from "../model/world";
import { type Answer, xmlAnswer } from "../wire/answer";
import { AwsError } from "../wire/aws-error";
import type { WireRequest } from "../wire/request";

export interface S3Call {
  readonly world: World;
  readonly principal: Principal;
  readonly region: string;
  readonly now: number;
  readonly request: WireRequest;
  readonly requestId: string;
}

/** Path-style S3. The operation is known before it runs, so that faults can name it. */
export function answerS3(_call: S3Call): { operation: string; run: () => Answer } {
  return {
    operation: "Unknown",
    run: () => {
      throw new AwsError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented.",
        501,
      );
    },
  };
}

export const emptyXml = (requestId: string): Answer => xmlAnswer(200, requestId, "");
