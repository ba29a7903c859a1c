import { checks } from "@/lib/checks/registry";

const output = `  --format FORMAT   text (default), json, markdown, junit, sarif or github
  --json            the same as --format json: one JSON object on standard output
  --explain         also each rule that led to the verdict
  --ascii           ASCII characters only; NO_COLOR switches colors off`;

const exitCodes = "Exit code: 0 pass, 1 fail, 2 not evaluated, 64 usage";

const list = checks.map((check) => `  ${check.id}`).join("\n");

export const help = `posturio: is every action in every AWS Region really logged?

  posturio check CHECK      read one AWS account with your own credentials, print the verdict
  posturio try FILE         judge saved AWS answers, without a call
  posturio try --plan FILE  judge a Terraform plan before it is applied
  posturio checks           what can be checked
  posturio admin COMMAND    for the operator of an installation, in its clone: users, reset links, organizations
  posturio help COMMAND     options of a command
  posturio --version

${exitCodes}
`;

const helps: Readonly<Record<string, string>> = {
  check: `posturio check CHECK [--role-arn ARN --external-id ID] [--now ISO] [output]

Reads one AWS account and prints the verdict. Changes nothing; needs no server and no database. Honors the usual
AWS settings: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL and the rest.

  --role-arn, --external-id   assume this role first and read its account
  --now TIME        evaluate as of this time, like 2026-11-22T12:00:00Z (default: now)
${output}

Checks:
${list}

${exitCodes}
`,
  try: `posturio try FILE [--check CHECK] [output]
posturio try --plan FILE [--json]

Judges saved AWS answers, without a call and without credentials. FILE is what the read-only command of the check's
page wrote; - reads standard input. The clock of the verdict is the time at which the answers were saved.

  --check CHECK     one of those below; the first when left out
  --plan FILE       judge the JSON of terraform show -json instead: would a deploy leave, create or break a gap?
${output}

Checks:
${list}

${exitCodes}
`,
  checks: `posturio checks [--json]

Lists the checks.

${exitCodes}
`,
};

/** Options of one command; the general help for a word that is none. */
export function helpFor(command: string): string {
  return Object.hasOwn(helps, command) ? (helps[command] ?? help) : help;
}
