import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stringsOfSource } from "./strings/strings-of-source";
import { stringsDocument } from "./ui-strings";

test("docs/ui-strings.md holds the texts of the source", () => {
  const isCurrent = readFileSync("docs/ui-strings.md", "utf8") === stringsDocument();
  expect(isCurrent, "A text changed: run npm run docs:strings").toBe(true);
});

const of = (source: string, errors = false) => stringsOfSource("page.tsx", source, { errors });

test("an element is one sentence, with its inline elements and what is filled in", () => {
  const page = `const a = <p className="flex gap-2">Read {count} of <b>these</b> {unit} now. <a href="/x" title="Where it is">More</a></p>`;
  expect(of(page)).toEqual(["Read {count} of these {unit} now. More", "Where it is"]);
});

test("labels, placeholders, messages and templates are texts, in the order of the source", () => {
  const source = `
    import x from "Not A Text";
    type T = "Neither This One";
    const f = <Field name="email" label="E-mail address" placeholder="Your address" aria-label="Address" id="the id" />;
    throw new AppError("invalid_input", \`Type \${name} to confirm.\`);
    const words = { open: "Open", detail: "not read yet" };
    z.string().min(1, "Enter your name.");`;
  expect(of(source)).toEqual([
    "E-mail address",
    "Your address",
    "Address",
    "Type {name} to confirm.",
    "Open",
    "not read yet",
    "Enter your name.",
  ]);
});

test("code is no text: classes, ids, addresses, SQL, commands, logs and comparisons", () => {
  const source = `
    cx("rounded border px-3", isOn && "text-ink md:flex");
    const control = "w-full rounded-control border px-3 py-[6px] disabled:text-ink-3";
    if (state === "Open Now") fetch("https://example.com/A b");
    db.query("SELECT a FROM b"); sql\`UPDATE t SET x\`;
    logger.info("Some thing happened"); throw new Error("For developers alone");
    const command = "aws cloudtrail describe-trails --region x"; const type = "text/plain; charset=utf-8";
    const script = "for x in $(ls)\\ndone"; const key = "invalid_input";`;
  expect(of(source)).toEqual([]);
  expect(of('throw new Error("Set DATABASE_URL first")', true)).toEqual(["Set DATABASE_URL first"]);
});
