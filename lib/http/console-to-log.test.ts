import { describe, expect, it } from "vitest";
import { createLogger } from "@/lib/logger";
import { sendConsoleToLog } from "./console-to-log";

function captured() {
  const lines: string[] = [];
  const target = { ...console };
  sendConsoleToLog(target, createLogger("info", { write: (line) => void lines.push(line) }));
  return {
    target,
    lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    raw: lines,
  };
}

describe("what the framework prints", () => {
  it("becomes JSON lines of the right level, one line each", () => {
    const { target, lines } = captured();
    target.log("\u001b[1m▲ Next.js\u001b[22m %s", "16");
    target.error(new Error("no\nway"));
    target.warn("");
    expect(lines().map(({ level }) => level)).toEqual(["info", "error"]);
    expect(lines()[0]).toMatchObject({ message: "▲ Next.js 16", where: "console" });
  });

  it("loses its secrets like every other line", () => {
    const { target, raw } = captured();
    target.error("failed", { url: "postgresql://app:hunter2hunter2@db/posturio" });
    expect(raw.join()).toContain("failed");
    expect(raw.join()).not.toContain("hunter2");
  });

  it("is left out when the error carries the digest under which it is logged with its request", () => {
    const { target, raw } = captured();
    target.error("⨯", Object.assign(new Error("page"), { digest: "1" }));
    expect(raw).toEqual([]);
  });
});
