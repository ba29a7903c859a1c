import type { Faq } from "./check";

// What browsers get in place of the long prose of a check (`#prose` in package.json): servers draw it and send HTML.

export const page = undefined;
export const faqs: readonly Faq[] = [];

// Nor do they rank findings.
export const failsSilently = undefined;
