import type { Page } from '@playwright/test';

/** A file as it is chosen in a dialog. */
export const chosenFile = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

/** A picture that the browser draws: its upper half has a colour. */
export async function drawnPicture(
  page: Page,
  name: string,
  { width = 640, height = 400, colour = '#2e93b1' }: { width?: number; height?: number; colour?: string } = {},
) {
  const url = await page.evaluate(
    ([w, h, fill]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const context = canvas.getContext('2d');
      if (context) {
        context.fillStyle = fill;
        context.fillRect(0, 0, w, h / 2);
      }
      return canvas.toDataURL('image/png');
    },
    [width, height, colour] as const,
  );
  return chosenFile(name, 'image/png', Buffer.from(url.split(',')[1] ?? '', 'base64'));
}
