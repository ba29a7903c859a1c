import { option, printedText, script } from "@/lib/checks/snippets/aws-cli";
import { jsonText } from "@/lib/checks/snippets/json";
import { shellQuoted } from "@/lib/checks/snippets/shell";
import { indented } from "@/lib/checks/snippets/values";
import type { Statement } from "./bucket-policy";

/** A policy that is read and replaced as a whole: that of a bucket, or of a key. */
interface WholePolicy {
  readonly get: string;
  readonly put: string;
  /** Takes the policy away; absent where there is always one. */
  readonly remove?: string;
  /** What the error says where there is none. */
  readonly absent?: string;
}

function bucketPolicy(bucket: string): WholePolicy {
  const where = option("--bucket", bucket);
  return {
    get: `aws s3api get-bucket-policy ${where}`,
    put: `aws s3api put-bucket-policy ${where}`,
    remove: `aws s3api delete-bucket-policy ${where}`,
    absent: "NoSuchBucketPolicy",
  };
}

function keyPolicy(keyId: string, region: string): WholePolicy {
  const where = `${option("--region", region)} ${option("--key-id", keyId)} --policy-name default`;
  return { get: `aws kms get-key-policy ${where}`, put: `aws kms put-key-policy ${where}` };
}

/** Commands that put statements into a bucket's policy and keep all others. */
export function mergePolicyCommands(bucket: string, statements: readonly Statement[]): string {
  return mergeCommands(bucketPolicy(bucket), statements);
}

/** The same for the policy of a key. */
export function mergeKeyPolicyCommands(
  keyId: string,
  region: string,
  statements: readonly Statement[],
): string {
  return mergeCommands(keyPolicy(keyId, region), statements);
}

/** Takes the statements out again and keeps all others. */
export function restorePolicyCommands(bucket: string, statements: readonly Statement[]): string {
  return removeCommands(bucketPolicy(bucket), statements);
}

/** The same for the policy of a key. */
export function restoreKeyPolicyCommands(
  keyId: string,
  region: string,
  statements: readonly Statement[],
): string {
  return removeCommands(keyPolicy(keyId, region), statements);
}

/**
 * The whole policy is replaced, so the present one is read first, and a refused read ends it before anything is
 * written. It is kept in a variable, and printed as the undo in ASCII.
 */
function mergeCommands(policy: WholePolicy, statements: readonly Statement[]): string {
  const printBefore = `${undoOf(policy)}
printf "  '%s'\\n" "$(jq --ascii-output --compact-output . <<<"$before" | sed "s/'/'\\\\\\\\''/g")"`;
  return script(`statements=${shellQuoted(jsonText(statements, 2))}
${readBefore(policy)}
after=$(jq --ascii-output --compact-output --argjson added "$statements" '
  ($added | map(.Sid)) as $sids
  | .Statement = ([.Statement] | flatten | map(select(.Sid as $sid | any($sids[]; . == $sid) | not))) + $added
' <<<"\${before:-$none}")
${policy.put} --policy "$after"
${read(policy)}
${
  policy.remove === undefined
    ? printBefore
    : `if [ "$before" ]; then
${printBefore}
else
${printedText(["Undo:", policy.remove])}
fi`
}`);
}

function undoOf(policy: WholePolicy): string {
  return printedText(["Undo:", `${policy.put} --policy \\`]);
}

function read(policy: WholePolicy): string {
  return `${policy.get} --query Policy --output text`;
}

function readBefore(policy: WholePolicy): string {
  const none = `none='{"Version":"2012-10-17","Statement":[]}'`;
  if (policy.absent === undefined) return `${none}\nbefore=$(${read(policy)})`;
  return `${none}
# What the policy says now stays. A policy that cannot be read is not overwritten.
if ! before=$(${read(policy)} 2>/dev/null); then
  error=$(${read(policy)} 2>&1 >/dev/null) || true
  case $error in *${policy.absent}*) before= ;; *) printf '%s\\n' "$error" >&2; exit 1 ;; esac
fi`;
}

function removeCommands(policy: WholePolicy, statements: readonly Statement[]): string {
  const sids = statements.map(({ Sid }) => Sid ?? "");
  const put = [`${policy.put} --policy "$after"`, read(policy)];
  return script(`sids=${shellQuoted(jsonText(sids))}
before=$(${read(policy)})
after=$(jq --ascii-output --compact-output --argjson sids "$sids" '
  .Statement = ([.Statement] | flatten | map(select(.Sid as $sid | any($sids[]; . == $sid) | not)))
' <<<"$before")
${
  policy.remove === undefined
    ? put.join("\n")
    : `if jq --exit-status '.Statement == []' <<<"$after" >/dev/null; then
  ${policy.remove}
  echo 'The bucket has no policy now.'
else
${indented(put).join("\n")}
fi`
}`);
}
