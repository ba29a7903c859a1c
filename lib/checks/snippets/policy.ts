/**
 * A name inside an IAM policy, where `*` and `?` match anything and `${…}` is a variable (IAM user guide, "IAM policy
 * elements: variables and tags").
 */
export function policyLiteral(text: string): string {
  return text.replace(/[$*?]/g, (sign) => `\${${sign}}`);
}
