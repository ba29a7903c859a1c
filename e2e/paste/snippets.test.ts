import { parse as parseHcl } from "@cdktf/hcl2json";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { templateText } from "@/lib/checks/snippets/cloudformation";
import { plainText } from "@/lib/checks/snippets/marked";
import { policyLiteral } from "@/lib/checks/snippets/policy";
import { hostileTexts } from "@/lib/checks/testing/hostile";
import { plainHcl } from "./plain-hcl";
import { runTypeScript } from "./run-typescript";
import { type Pasted, StubShell } from "./stub-shell";
import { type Replacements, replaced, textsIn } from "./substitute";
import { allSigns, type Written, written } from "./written";

/** As the API answers: without half characters, and without NUL, which no argument of a command can hold. */
const clean = (text: string) =>
  text
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replaceAll("\0", "")
    .normalize("NFC");
const texts = hostileTexts.filter((text) => text.length < 1_000).map(clean);

/** Every sign gets another text of the corpus, which `writers.test.ts` tries one by one. */
const rounds: readonly Replacements[] = Array.from({ length: 6 }, (_, round) =>
  Object.fromEntries(
    allSigns.map((sign, index) => {
      const text = texts[(round * allSigns.length + index) % texts.length] ?? "";
      // An account's id becomes part of a bucket's name, in which there are no capitals.
      return [sign, /account|owner/.test(sign) ? text.toLowerCase() : text];
    }),
  ),
);

const plain = written({});
const of = (language: string, all: readonly Written[] = plain) =>
  all.filter(({ tab }) => tab.language === language && tab.parts.length > 0);
const textOf = ({ tab }: Written) => plainText(tab.parts);
const command = /^\s*::|##(?:\[|vso\[|teamcity\[)/m;
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

/** Ids of statements and resources come from names, in letters and digits alone. */
const ids = new Set(["Sid", "Ref", "DependsOn"]);

/** Whether `found` is what `sign` says, once the signs are replaced; in a policy without wildcards and variables. */
function isSaid(sign: string, found: string, by: Replacements, written_: (text: string) => string): boolean {
  if (!allSigns.some((one) => sign.includes(one))) return sign === found || /^[A-Za-z0-9_-]+$/.test(found);
  const ways = [(text: string) => text, policyLiteral];
  return ways.some((way) => {
    const values = Object.fromEntries(Object.entries(by).map(([key, text]) => [key, way(text)]));
    return written_(replaced(sign, values)) === found;
  });
}

function expectSaid(
  signed: readonly string[],
  found: readonly string[],
  by: Replacements,
  written_: (text: string) => string = (text) => text,
): void {
  expect(found.length).toBe(signed.length);
  signed.forEach((sign, index) => {
    const text = found[index] ?? "";
    if (!isSaid(sign, text, by, written_)) expect(text).toBe(written_(replaced(sign, by)));
  });
}

/** Documents inside an argument or a literal are compared text by text. */
function opened(value: string): readonly string[] {
  try {
    const json: unknown = JSON.parse(value);
    if (typeof json === "object" && json !== null) return textsIn(json, ids);
  } catch {
    // No document: the text itself.
  }
  return [value];
}

it("writes every sign somewhere, and covers every language", () => {
  const everything = plain.map(textOf).join("\n");
  for (const sign of allSigns.filter((one) => one !== "sign-owner" && one !== "sign-home")) {
    expect(everything, sign).toContain(sign);
  }
  for (const language of ["shell", "hcl", "yaml", "typescript", "json"]) {
    expect(of(language).length, language).toBeGreaterThan(5);
  }
});

describe.each(rounds.map((by, index) => [index, by] as const))("hostile names, round %i", (_, by) => {
  const hostile = written(by);
  const pairs = (language: string) =>
    of(language).map((one, index) => [one.name, one, of(language, hostile)[index]] as const);

  it("show all of their text, mark nothing, and put no command into the log of a workflow", () => {
    expect(hostile.map(({ name }) => name)).toEqual(plain.map(({ name }) => name));
    for (const one of hostile) {
      expect(textOf(one), one.name).not.toMatch(unseen);
      expect(textOf(one), one.name).not.toMatch(command);
      expect(one.tab.file ?? "x", one.name).toMatch(/^\.?[A-Za-z0-9][A-Za-z0-9._-]*$/);
    }
  });

  it("stay text in JSON", () => {
    for (const [name, one, other] of pairs("json")) {
      const read = (it_: Written) => {
        const text = textOf(it_);
        return textsIn(JSON.parse(text.startsWith('"Condition"') ? `{${text}}` : text), ids);
      };
      expect(other?.name).toBe(name);
      expectSaid(read(one), read(other as Written), by);
    }
  });

  it("stay text in CloudFormation", () => {
    for (const [, one, other] of pairs("yaml").filter(([name]) => name.endsWith("cloudformation"))) {
      const read = (it_: Written) => textsIn(parseYaml(textOf(it_)), ids);
      expectSaid(read(one), read(other as Written), by, templateText);
    }
  });

  it("stay text in Terraform", async () => {
    for (const [, one, other] of pairs("hcl")) {
      expectSaid(await hclTexts(textOf(one)), await hclTexts(textOf(other as Written)), by);
    }
  });

  it("stay text in CDK and Pulumi, which compile and reach for nothing", () => {
    for (const [name, one, other] of pairs("typescript")) {
      const read = (it_: Written) => textsIn(runTypeScript(textOf(it_)), ids).flatMap(opened);
      expectSaid(read(one), read(other as Written), by, name.includes("cdk") ? templateText : undefined);
    }
  });
});

describe("in a shell", () => {
  let shell: StubShell;
  beforeAll(() => {
    shell = new StubShell();
  });
  afterAll(() => shell.close());

  it.each([
    ["bash", rounds[0]],
    ["dash", rounds[1]],
    ["bash", rounds[2]],
    ["dash", rounds[3]],
  ] as const)(
    "hostile names reach the command byte for byte, nothing else runs, no file is left, and so the undo: %s",
    { timeout: 120_000 },
    (name, by = {}) => {
      const signed = of("shell").filter(isUnowned);
      const hostile = of("shell", written(by)).filter(isUnowned);
      signed.forEach((one, index) => {
        const which = one.name;
        const before = shell.paste(name, textOf(one));
        const found = shell.paste(name, textOf(hostile[index] as Written));
        expect(found, which).toMatchObject({ code: 0, others: [], files: [], errors: "" });
        expect(found.calls.length, which).toBeGreaterThan(0);
        expectSaid(argumentsOf(before), argumentsOf(found), by);
        expect(found.out, which).not.toMatch(command);
        const undo = undoIn(found.out);
        if (undo === null) return;
        const undone = shell.paste(name, undo);
        expect(undone, which).toMatchObject({ code: 0, others: [], files: [], errors: "" });
        expect(undone.calls.length, which).toBeGreaterThan(0);
        expectSaid(argumentsOf(shell.paste(name, undoIn(before.out) ?? "")), argumentsOf(undone), by);
      });
    },
  );

  it("reads back what it changed, and prints an undo that runs", { timeout: 60_000 }, () => {
    const changing = of("shell").filter(
      ({ name }) => isUnowned({ name }) && !/-(undo|checks|afterwards)$/.test(name),
    );
    expect(changing.length).toBeGreaterThan(10);
    for (const one of changing) {
      const { calls, out } = shell.paste("bash", textOf(one));
      expect(calls.at(-1)?.[1], one.name).toMatch(/^(get|describe|list)-/);
      if (!out.includes("There is nothing to undo")) expect(undoIn(out) ?? "", one.name).toMatch(/^aws /m);
    }
  });
});

/** A stack that owns the trail changes what the code says, not the command. */
function isUnowned({ name }: Pick<Written, "name">): boolean {
  return !name.includes("-owned-");
}

function argumentsOf({ calls }: Pasted): readonly string[] {
  return calls.flat().flatMap(opened);
}

/** What a command printed below "Undo:". */
function undoIn(out: string): string | null {
  const [, ...printed] = out.split(/^Undo:$/m);
  return printed.length === 0 ? null : printed.join("\n");
}

/** Every text of a configuration, policies inside `jsonencode` included; references are left out. */
async function hclTexts(configuration: string): Promise<readonly string[]> {
  const read = textsIn(await parseHcl("x.tf", `${configuration}\n`), ids);
  const all = await Promise.all(
    read.map(async (text) => {
      if (/^\$\{\[?[a-z0-9_]+\.[a-z0-9_]+(\.[a-z]+)?\]?\}$/.test(text)) return [];
      const [, inner] = /^\$\{jsonencode\((.*)\)\}$/s.exec(text) ?? [];
      return inner === undefined ? [plainHcl(text)] : hclTexts(`locals {\n  v = ${inner}\n}`);
    }),
  );
  return all.flat();
}
