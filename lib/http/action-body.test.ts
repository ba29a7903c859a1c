import { describe, expect, it } from "vitest";
import { isArguments } from "./action-body";

const form = new FormData();
form.set("2_email", "a@b.example");

describe("arguments of an action", () => {
  it.each([
    "[]",
    '["acme",null,{"id":"x","everyMinutes":60}]',
    '["acme","$undefined",{"name":"$$5 note","at":"$D2026-11-26T00:00:00.000Z","n":"$-Infinity","big":"$n12"}]',
    '["acme",{"ok":true,"value":"$T"},{"of":"PST-1"}]',
    '[{"a":{"b":1}},"$0:0:a"]',
  ])("are %s", (text) => {
    expect(isArguments(text, null)).toBe(true);
  });

  it("are the fields of a form", () => {
    expect(isArguments('["acme",null,"$K2"]', form)).toBe(true);
    expect(isArguments('["acme",null,"$K2"]', null)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["null", "null"],
    ["a text", '"x"'],
    ["an object", "{}"],
    ["no JSON", "[[[["],
    ["an action of ours", '["$F1"]'],
    ["an action of ours, as it is written today", '["$h1"]'],
    ["a part that is not there", '["$1"]'],
    ["a path that leads nowhere", '["$0:0:a"]'],
    ["a path through what every object has", '["$0:constructor"]'],
    ["itself", '["$0"]'],
    ["a number that is none", '["$nxx"]'],
    ["a map", '["$Q1"]'],
    ["a stream", '["$R1"]'],
    ["a promise", '["$@1"]'],
    ["more than any form has", JSON.stringify(Array(11).fill(1))],
    ["lists as deep as a stack", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ])("are not %s", (_what, text) => {
    expect(isArguments(text, form)).toBe(false);
  });

  it("are not a file", () => {
    expect(isArguments(new File(["[]"], "0"), form)).toBe(false);
    expect(isArguments(null, form)).toBe(false);
  });
});
