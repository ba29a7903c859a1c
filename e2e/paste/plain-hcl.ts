// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of other languages

/**
 * The text of a string as `@cdktf/hcl2json` gives it: a template once more, in which what is not evaluated is escaped.
 * Throws when anything in it would be evaluated.
 */
export function plainHcl(template: string): string {
  const rest = template.replace(/\$\$\{|%%\{/g, "");
  if (/\$\{|%\{/.test(rest)) throw new Error(`This would be evaluated: ${template}`);
  return template.replace(/\$\$\{/g, () => "${").replace(/%%\{/g, "%{");
}
