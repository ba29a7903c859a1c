import { afterEach, beforeEach, type MockInstance, vi } from "vitest";

// What is written to console.error in a test is an error that was overlooked: it fails the test.
let spy: MockInstance<typeof console.error>;

beforeEach(() => {
  spy = vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  const calls = spy.mock.calls.map((parts) => parts.map(String).join(" "));
  spy.mockRestore();
  if (calls.length > 0) {
    throw new Error(`console.error was called:\n${calls.join("\n")}`);
  }
});
