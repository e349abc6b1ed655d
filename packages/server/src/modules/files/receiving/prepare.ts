import { stat } from 'node:fs/promises';
import { problem } from '../../../platform/module/index.ts';
import { BadImage, type ConvertedImage, ConverterBusy, type ImageTask, type ImageType } from '../images/image.ts';
import { containsKind } from './content.ts';
import type { ReceivedFile } from './receive.ts';

/** A file as it is going to be stored. */
export interface PreparedFile {
  filename: string;
  type: string;
  bytes: number;
  originalBytes: number;
  /** Where its bytes are for now. */
  path: string;
  image?: Pick<ConvertedImage, 'width' | 'height' | 'placeholder'> & {
    thumbnail: string;
    thumbnailBytes: number;
  };
}

const BUSY = { detail: 'Pictures cannot be converted right now', retryAfterMs: 30_000 };

/** Converts pictures. @throws BadImage, and ConverterBusy if they may be sent again later */
export type ConvertImage = (task: ImageTask) => Promise<ConvertedImage>;

/**
 * Checks that a file contains what it claims; pictures are converted.
 * @param written told of each path before anything is written there
 * @throws `bad_type`, and `unavailable` if pictures cannot be converted at present
 */
export async function prepareFile(
  file: ReceivedFile,
  convert: ConvertImage,
  written: (path: string) => void,
): Promise<PreparedFile> {
  const { filename, claimed, path, bytes } = file;
  if (!(await containsKind(path, claimed.content))) {
    throw problem('bad_type', `${filename}: the content is not what the name says.`);
  }
  if (claimed.content.kind === 'image') return preparePicture(file, claimed.content.type, convert, written);
  return { filename, type: claimed.type, bytes, originalBytes: bytes, path };
}

async function preparePicture(
  { filename, path, bytes }: ReceivedFile,
  type: ImageType,
  convert: ConvertImage,
  written: (path: string) => void,
): Promise<PreparedFile> {
  const [target, thumbnail] = [`${path}.converted`, `${path}.thumbnail`];
  written(target);
  written(thumbnail);
  const { width, height, placeholder, ...converted } = await convert({ source: path, type, target, thumbnail }).catch(
    (error: unknown) => {
      if (error instanceof BadImage) throw problem('bad_type', `${filename}: ${error.message}`);
      if (error instanceof ConverterBusy) throw problem('unavailable', BUSY);
      throw error;
    },
  );
  return {
    filename,
    type: converted.type,
    bytes: (await stat(target)).size,
    originalBytes: bytes,
    path: target,
    image: { width, height, placeholder, thumbnail, thumbnailBytes: (await stat(thumbnail)).size },
  };
}
