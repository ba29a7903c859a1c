/**
 * The text of a file, whatever encoding it was written in: `>` in Windows PowerShell writes UTF-16, and many editors
 * put a mark in front of UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  // The decoder takes the mark away.
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: what we read begins with ASCII, of which UTF-16 leaves every other byte empty.
  const [, , third, fourth] = bytes;
  if (second === 0 && fourth === 0 && first !== 0 && third !== 0 && bytes.length > 3) return "utf-16le";
  if (first === 0 && third === 0 && second !== 0 && fourth !== 0 && bytes.length > 3) return "utf-16be";
  return "utf-8";
}
