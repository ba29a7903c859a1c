import { createElement, type FC } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Dialog } from "./dialog";
import { Link } from "./link";
import { Menu } from "./menu";

const trigger = createElement("button", { type: "button" }, "Open");

test.each([
  ["menu", Menu, { trigger }],
  ["dialog", Dialog, { trigger, title: "Title" }],
] as const)("the server writes a %s as its button alone", (opens, component, props) => {
  const markup = renderToStaticMarkup(createElement(component as FC<object>, props, "What it holds"));
  expect(markup).toBe(
    `<button type="button" aria-haspopup="${opens}" aria-expanded="false" data-state="closed">Open</button>`,
  );
});

test("a link inside the product is a plain one that is marked", () => {
  expect(renderToStaticMarkup(createElement(Link, { href: "/o/acme", className: "link" }, "Acme"))).toBe(
    '<a href="/o/acme" class="link" data-in-place="">Acme</a>',
  );
});
