/** Step of `npm start -- --real`: prints whom customers' roles must trust, `{partition, arn}`, or why that is not known. */

import { wireOf } from "@/lib/aws/collect";
import { ambientRegion } from "@/lib/aws/session/ambient-region";
import { principalOf } from "@/lib/aws/session/principal-arn";
import { baseClients, getCaller } from "@/lib/aws/session/session";
import { findRegion } from "@/lib/checks/regions";

const region = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || (await ambientRegion());
const partition = findRegion(region ?? "")?.partition ?? "aws";
const endpoint = process.env.POSTURIO_AWS_ENDPOINT || undefined;
const wire = wireOf(endpoint === undefined ? {} : { endpoint });
const signal = AbortSignal.timeout(15_000);
const caller = await getCaller(baseClients({ partition, wire }), partition, { signal, onCall: () => {} });
const answer = caller.ok
  ? (principalOf(caller.value.arn) ?? { problem: `${caller.value.arn} is not a user or a role` })
  : { problem: caller.failure.message };
process.stdout.write(`${JSON.stringify(answer)}\n`);
// Sockets kept for the next call would keep the process alive.
process.exit(0);
