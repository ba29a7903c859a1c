/** One line that a machine reads: SQL, addresses, names, numbers, commands, media queries and types, markup. */
const codeLine = [
  /^(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|GRANT|REVOKE|LOCK|FROM|WHERE|AND|ORDER BY)\b/,
  /^[A-Z]+( [A-Z]+){2,}$/,
  /^\s*(https?:|postgres|arn:|\/|\.\/|@\/|#|--)/,
  /^[\w.$-]+(:[\w.$*-]+)+$/,
  /^(use (client|server)|noopener noreferrer|next build|prisma generate)$/,
  /^[\d\s.,:;/()[\]{}<>|=+*-]*$/,
  /^(aws|npx|jq|cat|ask|terraform|cdk) ["'a-z0-9-]+( |$)/,
  /^\w+ \{$|^\w+ = |^\w+: ?(true|'?\{|'?$)|^[\w-]*="|^theme=|^; |^<|^[[{]"|^import \{/,
  /^\(prefers-|^\w+\/[\w+-]+; /,
];

/** A text of several lines that is code: continued lines, here-documents, blocks, assignments, nested keys. */
const codeBlock = /\\\n|<<['A-Z<]|[{(]\n|\$\(|\n\s*[\w"-]+ = |:\n\s+- |\n\s+\w+: .*\n\s+\w+: |^\{"/;

const classToken = /^(-?[a-z][a-z0-9]*|\[.*\]|[a-z-]+:.+|\{.*\})([-:/[(.][^\s]*)?$/;

/** True for text that people read, by its form: a sentence, a phrase or a capitalized word. */
export function isWords(raw: string): boolean {
  const text = raw.replace(/\s+/g, " ").trim();
  const plain = text.replace(/\{[^}]*\}/g, "").trim();
  if (!/\p{L}{2}/u.test(plain) || codeBlock.test(raw) || codeLine.some((form) => form.test(text)))
    return false;
  const tokens = plain.split(" ").filter((token) => token !== "");
  // One word alone is a label only when it begins as one: `Open`, but neither `open` nor `DescribeTrails`.
  if (tokens.length === 1) return /^\p{Lu}\p{Ll}+(-\p{Ll}+)*[.…:?]?$/u.test(plain);
  return !isClassNames(tokens);
}

function isClassNames(tokens: readonly string[]): boolean {
  const styled = tokens.filter(
    (token) => /[a-z0-9][-:[](?=[a-z0-9[(-])/.test(token) && classToken.test(token),
  );
  return (
    styled.length * 3 >= tokens.length &&
    tokens.every((token) => classToken.test(token) && !/^\p{Lu}/u.test(token))
  );
}
