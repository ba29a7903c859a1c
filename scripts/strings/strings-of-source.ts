import { parseSync } from "oxc-parser";
import { isWords } from "./is-words";

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

/** Attributes and members whose text no person reads. */
const codeNames =
  /^(class|className|id|key|name|href|src|rel|type|role|variant|tone|kind|method|action|target|htmlFor|value|defaultValue|autoComplete|inputMode|pattern|style|d|viewBox|fill|stroke|charSet|lang|dir|encType|sizes|as|slug|icon|glyph|language|code|sql|event|api|call|data-.*|aria-(labelledby|describedby|controls|current|live|hidden|sort|haspopup|expanded|busy|invalid|atomic|pressed))$/;
/** Calls whose texts are for machines or for people who read the server's log. */
const codeCalls =
  /^(cx|require|import|log|logger|console|query|queryRaw|executeRaw|\$queryRaw|\$executeRaw|sql|RegExp|URL|fetch|startsWith|endsWith|includes|split|join|replace|replaceAll|has|get|set|addEventListener|createElement|querySelector|matchMedia|regex|Symbol|on|once|emit|subscribe|defineEvent|cva)$/;
const codeTags = /^(sql|raw|\$queryRaw|\$executeRaw|Prisma)$/;

/** What people read in one file, in the order of the source: JSX as sentences, `{…}` for what is filled in. */
export function stringsOfSource(
  file: string,
  source: string,
  options: { readonly errors: boolean },
): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const found: { readonly at: number; readonly text: string }[] = [];
  const keep = (node: Node, text: string, isJsx = false) => {
    const line = decoded(text).replace(/\s+/g, " ").trim();
    if (isJsx ? /\p{L}{2}/u.test(line.replace(/\{[^}]*\}/g, "")) : isWords(text)) {
      found.push({ at: node.start, text: line });
    }
  };

  const visit = (node: Node): void => {
    if (/^(Import|Export(All|Named)DeclarationSource|TS(?!As|NonNull|Satisfies))/.test(node.type)) return;
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      const children = node["children"] as Node[];
      const hasText = children.some(
        (child) => child.type === "JSXText" && String(child["value"]).trim() !== "",
      );
      const inside = new Set<Node>();
      if (hasText) keep(node, children.map((child) => inline(child, source, inside)).join(""), true);
      visitMembers(node["openingElement"] as Node | undefined);
      for (const child of children) {
        if (inside.has(child) || child.type === "JSXText") continue;
        if (hasText && child.type === "JSXElement") visitMembers(child["openingElement"] as Node);
        else visit(child);
      }
      return;
    }
    const text = textOf(node, source);
    if (text !== null) {
      keep(node, text);
      if (node.type === "TemplateLiteral") for (const part of node["expressions"] as Node[]) visit(part);
      return;
    }
    if (isForMachines(node, source, options.errors)) return;
    visitMembers(node);
  };
  const visitMembers = (node: Node | undefined) => {
    for (const [name, member] of Object.entries(node ?? {})) {
      if (name === "source" || name === "directive" || name === "typeAnnotation") continue;
      for (const item of Array.isArray(member) ? member : [member]) if (isNode(item)) visit(item);
    }
  };

  visit(program as unknown as Node);
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** The entities that our JSX uses. */
function decoded(text: string): string {
  const entities = {
    rsquo: "’",
    lsquo: "‘",
    ldquo: "“",
    rdquo: "”",
    apos: "'",
    quot: '"',
    amp: "&",
    nbsp: " ",
  };
  return text.replace(/&(\w+);/g, (all, name: string) => entities[name as keyof typeof entities] ?? all);
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

/** A literal, a template, or a sum of them, as text; null for any other expression. */
function textOf(node: Node, source: string): string | null {
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (node.type === "TemplateLiteral") {
    const expressions = node["expressions"] as Node[];
    return (node["quasis"] as { value: { cooked: string } }[])
      .map(({ value }, index) => value.cooked + filled(expressions[index], source))
      .join("");
  }
  if (node.type !== "BinaryExpression" || node["operator"] !== "+") return null;
  const [left, right] = [node["left"] as Node, node["right"] as Node].map((side) => textOf(side, source));
  return left == null || right == null ? null : left + right;
}

function filled(node: Node | undefined, source: string): string {
  if (node === undefined) return "";
  const text = source.slice(node.start, node.end).replace(/\s+/g, " ");
  return text.length <= 50 ? `{${text.replace(/[{}$`]/g, "")}}` : "{…}";
}

/** A child of an element as part of its sentence. `inside` collects what the sentence already shows whole. */
function inline(node: Node, source: string, inside: Set<Node>): string {
  if (node.type === "JSXText") return String(node["value"]);
  if (node.type === "JSXElement") {
    return (node["children"] as Node[]).map((child) => inline(child, source, inside)).join("") || "{…}";
  }
  if (node.type !== "JSXExpressionContainer") return "{…}";
  const expression = node["expression"] as Node;
  if (expression.type === "JSXEmptyExpression") return "";
  const text = textOf(expression, source);
  if (text !== null) {
    inside.add(node);
    return text;
  }
  const code = filled(expression, source);
  if (code !== "{…}" && !code.includes("<")) inside.add(node);
  return code.includes("<") ? "{…}" : code;
}

function nameOf(node: Node | undefined): string {
  if (node?.type === "MemberExpression") return nameOf(node["property"] as Node);
  return String(node?.["name"] ?? node?.["value"] ?? "");
}

function isForMachines(node: Node, source: string, errors: boolean): boolean {
  switch (node.type) {
    case "JSXAttribute":
      return codeNames.test(nameOf(node["name"] as Node));
    case "Property":
      return (
        node["computed"] !== true &&
        codeNames.test(nameOf(node["key"] as Node)) &&
        !isSentence(node["value"] as Node, source)
      );
    case "CallExpression": {
      const callee = node["callee"] as Node;
      const owner = callee.type === "MemberExpression" ? nameOf(callee["object"] as Node) : "";
      return codeCalls.test(nameOf(callee)) || /^(logger|log|console)$/.test(owner);
    }
    case "NewExpression":
      return (
        /^(Error|TypeError|RegExp|URL|Set|Map)$/.test(nameOf(node["callee"] as Node)) &&
        !(errors && nameOf(node["callee"] as Node) === "Error")
      );
    case "TaggedTemplateExpression":
      return codeTags.test(nameOf(node["tag"] as Node));
    case "BinaryExpression":
    case "SwitchCase":
      return node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node["operator"]));
    default:
      return false;
  }
}

function isSentence(node: Node, source: string): boolean {
  return /^\p{Lu}.* .*\p{L}/u.test(textOf(node, source) ?? "");
}
