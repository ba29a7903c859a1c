// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of other languages
import { runInNewContext } from "node:vm";
import { parse as parseHcl } from "@cdktf/hcl2json";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { cdkString, templateText } from "@/lib/checks/snippets/cloudformation";
import { hclString } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { markdownFence, markdownText } from "@/lib/checks/snippets/markdown";
import { policyLiteral } from "@/lib/checks/snippets/policy";
import { hereDoc, shellQuoted } from "@/lib/checks/snippets/shell";
import { typescriptString } from "@/lib/checks/snippets/typescript";
import { visible } from "@/lib/checks/snippets/visible";
import { workflowData, workflowProperty, workflowSafe } from "@/lib/checks/snippets/workflow";
import { yamlString } from "@/lib/checks/snippets/yaml";
import { hostileTexts } from "@/lib/checks/testing/hostile";
import { plainHcl } from "./plain-hcl";
import { StubShell } from "./stub-shell";

const named = hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);

/** Half a character has no bytes; every writer writes the sign for a lost one. */
const whole = (text: string) => text.replace(/\p{Cs}/gu, "\uFFFD");
/** A line that a workflow would take for a command to itself. */
const command = /^\s*::|##(?:\[|vso\[|teamcity\[)/m;
/** What moves a cursor or turns the direction of reading; line breaks are laid out by us. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

describe("the shell", () => {
  let shell: StubShell;
  beforeAll(() => {
    shell = new StubShell();
  });
  afterAll(() => shell.close());

  it.each(["bash", "dash"] as const)("hands every text to the command byte for byte: %s", (name) => {
    const lines = hostileTexts.map((text) => `aws --name ${shellQuoted(text)}`);
    const pasted = shell.paste(name, lines.join("\n"));
    expect(pasted).toMatchObject({ code: 0, others: [], files: [], out: "", errors: "" });
    expect(pasted.calls).toEqual(hostileTexts.map((text) => ["--name", whole(text).replaceAll("\0", "")]));
  });

  it.each(["bash", "dash"] as const)("keeps a text of several lines in its document: %s", (name) => {
    for (const text of hostileTexts.map((one) => whole(one).replaceAll("\0", ""))) {
      const pasted = shell.paste(name, `cat ${hereDoc("END", text)}`);
      expect(pasted).toMatchObject({ code: 0, others: [], files: [], out: `${text}\n` });
    }
  });

  it.each(named)("shows all of it, and no line is a command to a workflow: %s", (_, text) => {
    const quoted = `aws --name ${shellQuoted(text)}`;
    expect(quoted).not.toMatch(unseen);
    expect(quoted).not.toMatch(command);
  });
});

describe("Terraform", () => {
  it.each(named)(
    "is read by HashiCorp's parser as that text, and nothing is evaluated: %s",
    async (_, text) => {
      const read = await parseHcl("x.tf", `resource "a" "b" {\n  v = ${hclString(text)}\n}\n`);
      expect(plainHcl(read.resource.a.b[0].v)).toBe(whole(text).normalize("NFC"));
      expect(hclString(text)).not.toMatch(unseen);
      expect(hclString(text)).not.toContain("\n");
    },
  );

  it("escapes the three forms of an expression", () => {
    expect(hclString("a${b}")).toBe('"a$${b}"');
    expect(hclString("%{ if x }")).toBe('"%%{ if x }"');
    expect(hclString("$${x}")).toBe('"\\u0024$${x}"');
  });
});

describe("CloudFormation", () => {
  it.each(named)("is that text, and no dynamic reference: %s", (_, text) => {
    const written = yamlString(text);
    expect(parseYaml(`v: ${written}\n`)).toEqual({ v: templateText(whole(text)) });
    expect(parseYaml(`v: ${written}\n`, { version: "1.1" })).toEqual({ v: templateText(whole(text)) });
    expect(written).not.toMatch(/\{\{resolve:/);
    expect(written).not.toMatch(unseen);
    expect(written).not.toContain("\n");
  });
});

describe("TypeScript", () => {
  it.each(named)("is a literal of that text: %s", (_, text) => {
    expect(runInNewContext(typescriptString(text))).toBe(whole(text));
    expect(runInNewContext(cdkString(text))).toBe(templateText(whole(text)));
    expect(cdkString(text)).not.toMatch(/\{\{resolve:|[$#]\{Token\[/);
    expect(typescriptString(text)).not.toMatch(unseen);
    expect(typescriptString(text)).not.toContain("\n");
  });
});

describe("JSON", () => {
  it.each(named)("is the same value, all of it seen: %s", (_, text) => {
    const written = jsonText({ [text]: [text] }, 2);
    expect(JSON.parse(written)).toEqual({ [text]: [text] });
    expect(written).not.toMatch(unseen);
    expect(written).not.toMatch(command);
  });
});

describe("an IAM policy", () => {
  it.each(named)("names one thing: no wildcard, no variable: %s", (_, text) => {
    const written = policyLiteral(text);
    expect(written.replace(/\$\{([$*?])\}/g, "")).not.toMatch(/[$*?]/);
    expect(written.replace(/\$\{([$*?])\}/g, "$1")).toBe(text);
  });
});

describe("a terminal, and a comment in code", () => {
  it.each(named)("gets one line without control characters: %s", (_, text) => {
    expect(visible(text)).not.toMatch(unseen);
    expect(visible(text)).not.toContain("\n");
  });

  it("leaves ordinary text alone", () => {
    expect(visible("日本語 é \u{1f600} a-b_c.d")).toBe("日本語 é \u{1f600} a-b_c.d");
  });
});

describe("the log of a workflow", () => {
  it.each(named)("has no line that is a command: %s", (_, text) => {
    expect(workflowSafe(text)).not.toMatch(command);
    expect(`::error title=${workflowProperty(text)}::${workflowData(text)}`).not.toMatch(/[\r\n]/);
    expect(workflowProperty(text)).not.toMatch(/[:,]/);
  });

  it("gets its message back", () => {
    expect(workflowData("100%\na: b")).toBe("100%25%0Aa: b");
  });
});

describe("Markdown", () => {
  it.each(named)("shows the text and has no structure, link or mention of it: %s", (_, text) => {
    const written = markdownText(text);
    expect(written).not.toMatch(unseen);
    expect(written).not.toContain("\n");
    expect(written).not.toMatch(/(?<!\\)(?:\\\\)*[<>`|[\]*_~]/);
    expect(written).not.toMatch(/@\w|https?:\/\/|www\.|^\s*[#+-]/);
  });

  it.each(named)("keeps code in its fence: %s", (_, text) => {
    const lines = markdownFence("sh", text).split("\n");
    const fence = lines.at(-1) ?? "";
    expect(fence).toMatch(/^`{3,}$/);
    expect(lines[0]).toBe(`${fence}sh`);
    expect(lines.slice(1, -1).join("\n")).toBe(text);
    expect(lines.slice(1, -1).filter((line) => line.includes(fence))).toEqual([]);
  });
});
