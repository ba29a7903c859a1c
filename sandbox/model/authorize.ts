import { denial } from "../wire/aws-error";
import { scpDenies } from "./account";
import type { Principal } from "./identity";
import { type About, type PolicyDocument, permits } from "./roles";
import type { World } from "./world";

/**
 * Throws the service's denial when an SCP, the role's policies or the session policy forbid the action. Resources and
 * conditions are judged where it is known what the call is about.
 */
export function authorize(
  world: World,
  principal: Principal,
  service: string,
  action: string,
  region: string,
  about?: About,
): void {
  const { account, session } = principal;
  // SCPs do not restrict the management account.
  const exempt = world.organization?.managementAccountId === account.id;
  if (!exempt && scpDenies(account.scp, action, region)) throw denial(service, action, principal.arn, "scp");
  if (!session) return;
  const role = session.role;
  if (role?.policies !== undefined) {
    const documents = [...role.policies.values(), ...[...role.attached.keys()].map(managedPolicy)];
    if (!allows(documents, action, about)) throw denial(service, action, principal.arn, "identity");
  }
  if (session.policy && permits(session.policy, action, about) !== "allow") {
    throw denial(service, action, principal.arn, "session");
  }
}

function allows(documents: readonly PolicyDocument[], action: string, about: About | undefined): boolean {
  const answers = documents.map((document) => permits(document, action, about));
  return !answers.includes("deny") && answers.includes("allow");
}

const reads = ["*:Describe*", "*:Get*", "*:List*", "cloudtrail:LookupEvents"];

/** AWS managed policies, as far as the actions served here go. */
function managedPolicy(arn: string): PolicyDocument {
  const action = arn.endsWith("/AdministratorAccess") ? "*" : reads;
  return { Statement: [{ Effect: "Allow", Action: action }] };
}
