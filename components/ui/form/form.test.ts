import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { FormFailure, FormHints } from "@/lib/input/form-view";
import { ActionForm } from "./action-form";
import { CheckboxField, CheckboxGroup } from "./checkbox";
import { ErrorSummary } from "./error-summary";
import { Field, SelectField } from "./field";
import { FormContext } from "./form-context";

const failure: FormFailure = {
  ok: false,
  code: "invalid_input",
  message: "Check the 2 highlighted fields.",
  fields: { email: "Enter an e-mail address.", scopes: "Choose one." },
  values: { email: "typed", role: "lead", scopes: ["scan"], canApprove: "on" },
  requestId: "r1",
};

const hints: FormHints = {
  email: { type: "email", autoComplete: "username", required: true, maxLength: 500 },
};

function html(children: ReactNode, state: Partial<{ failure: FormFailure; idPrefix: string }> = {}): string {
  const value = { failure: null, hints, idPrefix: "", ...state };
  return renderToStaticMarkup(createElement(FormContext, { value }, children));
}

const scopes = createElement(CheckboxGroup, {
  name: "scopes",
  label: "Scopes",
  boxes: [
    { value: "read", label: "read" },
    { value: "scan", label: "scan", hint: "Start scans." },
  ],
  defaultValues: ["read"],
});

describe("a field", () => {
  it("has the hints of its schema and no error before anything was sent", () => {
    const field = html(createElement(Field, { name: "email", label: "E-mail", hint: "Yours." }));
    expect(field).toContain('<label for="email"');
    for (const hint of ['type="email"', 'autoComplete="username"', 'required=""', 'maxLength="500"'])
      expect(field).toContain(hint);
    expect(field).toContain('aria-describedby="email-hint"');
    expect(field).not.toContain("aria-invalid");
  });

  it("is tied to its error and keeps what was typed", () => {
    const field = html(
      createElement(Field, { name: "email", label: "E-mail", hint: "Yours.", defaultValue: "stored" }),
      { failure },
    );
    expect(field).toContain('aria-invalid="true"');
    expect(field).toContain('aria-describedby="email-hint email-error"');
    expect(field).toContain('<p id="email-error"');
    expect(field).toContain('value="typed"');
  });

  it("shows what is stored where nothing was sent under its name", () => {
    const field = html(createElement(Field, { name: "name", label: "Name", defaultValue: "stored" }), {
      failure,
    });
    expect(field).toContain('value="stored"');
    expect(field).not.toContain("aria-invalid");
  });

  it("never repeats a password, whatever came back", () => {
    const field = html(createElement(Field, { name: "password", label: "Password", type: "password" }), {
      failure: { ...failure, values: { password: "typed" } },
    });
    expect(field).not.toContain("typed");
  });

  it("keeps its id apart where a page has the form twice", () => {
    const field = html(createElement(Field, { name: "email", label: "E-mail" }), {
      failure,
      idPrefix: "u1-",
    });
    expect(field).toContain('for="u1-email"');
    expect(field).toContain('<input id="u1-email"');
    expect(field).toContain('name="email"');
    expect(field).toContain('aria-describedby="u1-email-error"');
  });
});

describe("choices", () => {
  it("stay as they were sent", () => {
    const options = ["member", "lead"].map((value) => createElement("option", { key: value, value }, value));
    const select = createElement(
      SelectField,
      {
        name: "role",
        label: "Role",
        defaultValue: "member",
      },
      options,
    );
    expect(html(select)).toContain('<option value="member" selected="">');
    expect(html(select, { failure })).toContain('<option value="lead" selected="">');
  });

  it("of one box stay ticked or open, whatever is stored", () => {
    const box = createElement(CheckboxField, { name: "canApprove", label: "May approve" });
    expect(html(box)).not.toContain("checked");
    expect(html(box, { failure })).toContain("checked");
    const stored = createElement(CheckboxField, { name: "other", label: "Other", defaultChecked: true });
    expect(html(stored)).toContain("checked");
    expect(html(stored, { failure })).not.toContain("checked");
  });

  it("of a group share its error, and the summary's link leads to the first", () => {
    const group = html(scopes, { failure });
    expect(group).toMatch(/id="scopes"[^>]*aria-invalid="true" aria-describedby="scopes-error"/);
    expect(group).toContain('aria-describedby="scopes-scan-hint scopes-error"');
    expect(group.match(/checked/g)).toHaveLength(1);
    expect(group).toMatch(/id="scopes-scan"[^>]*checked/);
    expect(group.match(/Choose one\./g)).toHaveLength(1);
  });
});

describe("the summary", () => {
  const summary = (wrong: FormFailure) =>
    renderToStaticMarkup(
      createElement(ErrorSummary, {
        failure: wrong,
        idPrefix: "u1-",
        isShown: (name: string) => name === "email",
      }),
    );

  it("links to fields that are there, and only names others", () => {
    expect(summary(failure)).toContain('href="#u1-email"');
    expect(summary(failure)).not.toContain('href="#u1-scopes"');
    expect(summary(failure)).toContain("Choose one.");
  });

  it("says a sentence once, above or at its field", () => {
    const text = "This address is taken.";
    const once = summary({ ...failure, message: text, fields: { email: text } });
    expect(once).toContain("Check the highlighted field.");
    expect(once.match(/This address is taken\./g)).toHaveLength(1);
  });

  it("can take the focus, where no field can", () => {
    expect(summary({ ...failure, fields: {} })).toMatch(/tabindex="-1" role="alert"/);
  });
});

it("leaves the judgement to the server and sends along what is not shown", () => {
  const form = renderToStaticMarkup(
    createElement(
      ActionForm,
      {
        action: async () => ({ ok: true as const, value: null }),
        values: { id: "7" },
      },
      "fields",
    ),
  );
  expect(form).toContain("noValidate");
  expect(form).toContain('<input type="hidden" name="id" value="7"/>');
  expect(form).not.toContain("alert");
});
