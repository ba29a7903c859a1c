import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Failure } from "./failure";

const html = (error: Error & { digest?: string }) =>
  renderToStaticMarkup(createElement(Failure, { error, retry: () => {}, homeHref: "/" }));

it("shows the id under which the server logged the cause, with a button that copies it", () => {
  const page = html(Object.assign(new Error("hidden by the framework"), { digest: "1234567" }));
  expect(page).toMatch(/<code[^>]*>1234567<\/code>/);
  expect(page).toContain("Copy id");
  expect(page).not.toContain("hidden by the framework");
});

it("promises no id for what failed in the browser, and gives the cause in its place", () => {
  const page = html(new TypeError("x is not a function"));
  expect(page).toContain("TypeError: x is not a function");
  expect(page).toContain("Copy details");
  expect(page).not.toContain("send this id");
});
