import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { isArguments, isReadableAction } from "./action-body";

const form = new FormData();
form.set("2_email", "a@b.example");

describe("arguments of an action", () => {
  it.each([
    "[]",
    '["acme",null,{"id":"x","everyMinutes":60}]',
    '["acme","$undefined",{"name":"$$5 note","at":"$D2026-11-26T00:00:00.000Z","n":"$-Infinity","big":"$n12"}]',
    '["acme",{"ok":true,"value":"$T"},{"of":"PST-1"}]',
    '[{"a":{"b":1}},"$0:0:a"]',
    JSON.stringify(Array(10).fill(1)),
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
    ["what every object has", '[{"a":1},"$0:0:constructor"]'],
    ["a part that is no object", '["x","$0:0"]'],
    ["a number as long as a book", `["$n${"1".repeat(101)}"]`],
    ["an instant as long as a book", `["$D${"1".repeat(41)}"]`],
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

describe("a request to a page", () => {
  const request = (body: BodyInit | null, headers: Record<string, string> = {}, method = "POST") =>
    new NextRequest("http://localhost:3000/sign-in", {
      method,
      headers,
      ...(body === null ? {} : { body }),
    });
  const reads = (...asked: Parameters<typeof request>) => isReadableAction(request(...asked));
  const call = { "next-action": "x" };
  const text = (type: string) => ({ ...call, "content-type": type });
  const fields = (all: Record<string, string>) => {
    const made = new FormData();
    for (const [name, value] of Object.entries(all)) made.set(name, value);
    return made;
  };

  it("that calls nothing is the page's to answer", async () => {
    expect(await reads("{", { "content-type": "text/plain" })).toBe(true);
    expect(await reads("{", { "content-type": "application/json" })).toBe(true);
    expect(await reads(null, call, "GET")).toBe(true);
    expect(await reads(fields({ email: "a" }))).toBe(true);
  });

  it("that calls an action has arguments, as text or as a form", async () => {
    expect(await reads("[]", text("text/plain;charset=UTF-8"))).toBe(true);
    expect(await reads("{", text("text/plain;charset=UTF-8"))).toBe(false);
    expect(await reads("{", text("application/x-www-form-urlencoded"))).toBe(true);
    expect(await reads(fields({ 0: "[]" }), call)).toBe(true);
    expect(await reads(fields({ 0: "{" }), call)).toBe(false);
    expect(await reads(fields({ email: "a" }), call)).toBe(false);
  });

  it("that says it is a form and is none is refused, however it is spelled", async () => {
    for (const type of ["multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"]) {
      expect(await reads("nothing", text(type))).toBe(false);
    }
    expect(await reads(fields({ "a\0b": "1" }))).toBe(false);
  });

  it("that is larger than any is left to the framework, which says so", async () => {
    expect(await reads("{", { ...text("text/plain"), "content-length": "1000001" })).toBe(true);
    expect(await reads("{", { ...text("text/plain"), "content-length": "1000000" })).toBe(false);
  });

  it("of a form without script names its action and what is bound to it", async () => {
    const bound = (action: string, values?: string) =>
      reads(
        fields({
          $ACTION_REF_1: "",
          "$ACTION_1:0": action,
          ...(values === undefined ? {} : { "$ACTION_1:1": values }),
        }),
      );
    expect(await bound('{"id":"x","bound":"$@1"}', '["acme"]')).toBe(true);
    expect(await bound('{"id":"x","bound":null}')).toBe(true);
    expect(await bound('{"id":"x"}')).toBe(true);
    expect(await bound('{"id":"x","bound":"$@1"}', "{")).toBe(false);
    expect(await bound('{"id":"x","bound":"$@1"}')).toBe(false);
    expect(await bound('{"id":"x","bound":"$@2"}', '["acme"]')).toBe(false);
    for (const action of ["[]", "null", '"x"', "{"]) expect(await bound(action)).toBe(false);
  });

  it("can still be read afterwards", async () => {
    const asText = request("[]", text("text/plain"));
    const asForm = request(fields({ 0: "[]" }), call);
    expect(await isReadableAction(asText)).toBe(true);
    expect(await isReadableAction(asForm)).toBe(true);
    expect(await asText.text()).toBe("[]");
    expect((await asForm.formData()).get("0")).toBe("[]");
  });
});
