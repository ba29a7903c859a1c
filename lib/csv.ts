import { stringify } from "csv-stringify/sync";

/** A column of a CSV: its title, and its value of a row. */
export type CsvColumn<R> = readonly [title: string, value: (row: R) => string | number | null];

/**
 * A CSV (RFC 4180) that is sent while it is written: `batches` is asked for the next rows when the reader has taken those
 * before, and for no more once it has gone. Texts that a spreadsheet would run as a formula get an apostrophe before them.
 */
export function csvOf<R>(
  columns: readonly CsvColumn<R>[],
  batches: AsyncIterable<readonly R[]> | Iterable<readonly R[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = textOf(columns, batches);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}

async function* textOf<R>(
  columns: readonly CsvColumn<R>[],
  batches: AsyncIterable<readonly R[]> | Iterable<readonly R[]>,
): AsyncGenerator<string> {
  yield lines([columns.map(([title]) => title)]);
  for await (const rows of batches) {
    if (rows.length > 0) yield lines(rows.map((row) => columns.map(([, value]) => value(row))));
  }
}

function lines(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "windows", escape_formulas: true, quoted_match: /[\r\n]/ },
  );
}
