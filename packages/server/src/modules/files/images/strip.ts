import type { ImageType } from './image.ts';
import { stripGif } from './strip-gif.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';

const STRIPPERS: { readonly [Type in ImageType]?: (picture: Buffer) => Buffer } = {
  'image/gif': stripGif,
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
};

/**
 * A picture without metadata and without what was appended to it, with the same pixels. undefined if that cannot be
 * done: of a type that is always converted, or of a damaged file.
 */
export function stripped(picture: Buffer, type: ImageType): Buffer | undefined {
  try {
    return STRIPPERS[type]?.(picture);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
