import type { Locator, Page } from "@playwright/test";

/** What was painted where an element is: one hexadecimal color a pixel, row by row. */
export interface Painted {
  readonly width: number;
  readonly height: number;
  readonly colors: readonly string[];
}

/** Takes a picture of the element and reads its pixels, in a page of its own: no policy of ours forbids that there. */
export async function painted(element: Locator): Promise<Painted> {
  const png = (await element.screenshot()).toString("base64");
  const reader = await element.page().context().newPage();
  try {
    return await read(reader, png);
  } finally {
    await reader.close();
  }
}

function read(reader: Page, png: string): Promise<Painted> {
  return reader.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("This browser draws no canvas");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    const colors = Array.from({ length: bytes.length / 4 }, (_, index) =>
      Array.from(bytes.slice(index * 4, index * 4 + 3), (byte) => byte.toString(16).padStart(2, "0")).join(
        "",
      ),
    );
    return { width: image.width, height: image.height, colors: colors.map((color) => `#${color}`) };
  }, png);
}

/** How much of it has this color, 0 to 1. */
export function shareOf({ colors }: Painted, color: string): number {
  return colors.filter((own) => own === color).length / colors.length;
}
