import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "@/lib/checks/registry";
import { run, setAwsEnvironment } from "./testing/run";

const environment = { ...process.env };
const [first] = checks;

beforeAll(() => setAwsEnvironment({}));
afterAll(() => {
  process.env = environment;
});

describe("a call that cannot be carried out", () => {
  const wrong: readonly (readonly [what: string, argv: readonly string[], message: RegExp])[] = [
    ["no command", [], /name a command/],
    ["an unknown command", ["scan"], /no command scan/],
    ["a word of every object", ["constructor"], /no command constructor/],
    ["no check", ["check"], /name a check: .*not_multi_region/],
    [
      "an unknown check",
      ["check", "cloudtrail.nothing"],
      /no check cloudtrail.nothing; there are .*not_multi_region/,
    ],
    ["two checks", ["check", "cloudtrail.not_multi_region", "more"], /not also more/],
    ["an unknown option", ["check", "cloudtrail.not_multi_region", "--regions", "all"], /--regions/],
    ["an option without its value", ["check", "cloudtrail.not_multi_region", "--now"], /now/],
    ["a time that is none", ["check", "cloudtrail.not_multi_region", "--now", "yesterday"], /yesterday/],
    [
      "a time without a zone",
      ["check", "cloudtrail.not_multi_region", "--now", "2026-11-22T12:00:00"],
      /--now/,
    ],
    [
      "a day that does not exist",
      ["check", "cloudtrail.not_multi_region", "--now", "2026-13-40T12:00:00Z"],
      /--now/,
    ],
    [
      "a role without external id",
      ["check", "cloudtrail.not_multi_region", "--role-arn", "arn:aws:iam::333333333333:role/x"],
      /belong together/,
    ],
    [
      "an external id without role",
      ["check", "cloudtrail.not_multi_region", "--external-id", "x"],
      /belong together/,
    ],
    [
      "a user for a role",
      [
        "check",
        "cloudtrail.not_multi_region",
        "--role-arn",
        "arn:aws:iam::333333333333:user/x",
        "--external-id",
        "x",
      ],
      /not the ARN of an IAM role/,
    ],
    [
      "an unknown format",
      ["check", "cloudtrail.not_multi_region", "--format", "yaml"],
      /text, json, markdown, junit, sarif/,
    ],
    ["two formats", ["check", "cloudtrail.not_multi_region", "--json", "--format", "junit"], /contradict/],
    ["try without a file", ["try"], /name a file/],
    ["a file that is not there", ["try", "missing.json"], /missing.json could not be read/],
    ["a word too many", ["checks", "all"], /unexpected all/],
  ];

  it.each(wrong)(
    "(%s) is reported on standard error alone, with the usage and exit code 64",
    async (_, argv, message) => {
      const { code, out, err } = await run(argv);
      expect({ code, out }).toEqual({ code: 64, out: "" });
      expect(err).toMatch(message);
      expect(err).toContain("Exit code: 0 pass, 1 fail, 2 not evaluated, 64 usage");
    },
  );
});

it("prints help that was asked for on standard output", async () => {
  for (const argv of [["--help"], ["-h"], ["help"], ["help", "check"], ["check", "--help"], ["try", "-h"]]) {
    const { code, out, err } = await run(argv);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Exit code");
  }
  expect((await run(["help", "check"])).out).toContain("--role-arn");
});

it("prints its version", async () => {
  expect(await run(["--version"])).toEqual({ code: 0, out: "posturio 1.2.3\n", err: "" });
});

it("lists every check of the registry, for people and for programs", async () => {
  const text = await run(["checks"]);
  const json = JSON.parse((await run(["checks", "--json"])).out) as { checkId: string; title: string }[];
  for (const { id, title } of checks) {
    expect(text.out).toContain(id);
    expect(text.out).toContain(title);
    expect(json.find(({ checkId }) => checkId === id)?.title).toBe(title);
  }
});

describe("without a session in the account", () => {
  it("missing credentials are not evaluated, and the person learns how to get some", async () => {
    setAwsEnvironment({});
    const { code, out, err } = await run(["check", first?.id ?? ""]);
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(out).toContain("NOT_EVALUATED");
    expect(out).toContain("no AWS credentials");
    expect(out).toContain("aws sso login");
  });

  it("an address where nothing answers is not evaluated", async () => {
    setAwsEnvironment({
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_REGION: "us-east-1",
    });
    const { code, out } = await run(["check", first?.id ?? "", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      accountId: null,
      verdict: "NOT_EVALUATED",
      reason: "ROLE_NOT_ASSUMABLE",
      coveredRegions: [],
      unknownRegions: [],
      remediation: { action: "RETRY" },
    });
  });
});
