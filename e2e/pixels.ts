import type { JSHandle, Locator } from "@playwright/test";

/** What was painted where an element is: one hexadecimal color a pixel, row by row. */
export interface Painted {
  readonly width: number;
  readonly height: number;
  readonly colors: readonly string[];
}

/** Takes a picture of the element and reads its pixels. */
export function painted(element: Locator): Promise<Painted> {
  return pictureOf(element, (picture) =>
    picture.evaluate(({ width, height, data: bytes }) => {
      const colors = Array.from({ length: bytes.length / 4 }, (_, index) =>
        Array.from(bytes.slice(index * 4, index * 4 + 3), (byte) => byte.toString(16).padStart(2, "0")).join(
          "",
        ),
      );
      return { width, height, colors: colors.map((color) => `#${color}`) };
    }),
  );
}

/** How much of it has this color, 0 to 1. */
export function shareOf({ colors }: Painted, color: string): number {
  return colors.filter((own) => own === color).length / colors.length;
}

/** How much of the element each color has, 0 to 1. For a large one, whose pixels would take long one by one. */
export async function shares(element: Locator): Promise<ReadonlyMap<string, number>> {
  const counted = await pictureOf(element, (picture) =>
    picture.evaluate(({ data: bytes }) => {
      const counts = new Map<number, number>();
      for (let at = 0; at < bytes.length; at += 4) {
        const color = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
        counts.set(color, (counts.get(color) ?? 0) + 1);
      }
      return [...counts].map(([color, times]) => [color, (times * 4) / bytes.length] as const);
    }),
  );
  return new Map(counted.map(([color, share]) => [`#${color.toString(16).padStart(6, "0")}`, share]));
}

/** Draws the picture again in a page of its own: no policy of ours forbids to read it there. */
async function pictureOf<T>(
  element: Locator,
  read: (picture: JSHandle<ImageData>) => Promise<T>,
): Promise<T> {
  const png = (await element.screenshot()).toString("base64");
  const reader = await element.page().context().newPage();
  try {
    const picture = await reader.evaluateHandle(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("This browser draws no canvas");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    }, png);
    return await read(picture);
  } finally {
    await reader.close();
  }
}
