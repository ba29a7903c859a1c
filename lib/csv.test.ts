import { expect, it } from "vitest";
import { type CsvColumn, csvOf } from "./csv";

type Row = readonly (string | number | null)[];
const columns: readonly CsvColumn<Row>[] = [
  ["first", ([first = null]) => first],
  ["second", ([, second = null]) => second],
];
const text = (...batches: Row[][]) => new Response(csvOf(columns, batches)).text();

it("is RFC 4180: lines end in CRLF, and what a comma, a quote or a line would break is quoted", async () => {
  expect(await text([["a", 1]], [], [["b,c", null]])).toBe('first,second\r\na,1\r\n"b,c",\r\n');
  expect(await text([['say "x"', "one\ntwo"]])).toBe('first,second\r\n"say ""x""","one\ntwo"\r\n');
  expect(await text([["one\rtwo", "one\r\ntwo"]])).toBe('first,second\r\n"one\rtwo","one\r\ntwo"\r\n');
  expect(await text()).toBe("first,second\r\n");
});

it.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", '=A1,"x"'])(
  "gives a spreadsheet nothing to run: %j",
  async (formula) => {
    const [, line = ""] = (await text([[formula, -1]])).split(/(?<=second)\r\n/);
    expect(line).toMatch(/^"?'/);
    expect(line).toMatch(/,-1\r\n$/);
  },
);

it("reads no further than it is read", async () => {
  const asked: number[] = [];
  let ended = false;
  async function* batches(): AsyncGenerator<Row[]> {
    try {
      for (let n = 0; n < 100; n += 1) {
        asked.push(n);
        yield [[n, null]];
      }
    } finally {
      ended = true;
    }
  }
  const reader = csvOf(columns, batches()).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(asked.length).toBeLessThan(5);
  expect(ended).toBe(true);
});
