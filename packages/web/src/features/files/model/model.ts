import type { Attachment } from '@atrium/protocol';
import { fileSizes } from '@atrium/protocol/file-limits';

/** A file that shows as a picture. */
export type PictureFile = Attachment & { image: NonNullable<Attachment['image']> };

export const isPicture = <Some extends Attachment>(file: Some): file is Some & PictureFile => file.image !== undefined;

/** The pictures of a message, and the other files. */
export function divided(files: readonly Attachment[]): { pictures: PictureFile[]; others: Attachment[] } {
  return { pictures: files.filter(isPicture), others: files.filter((file) => !isPicture(file)) };
}

/** The size of something that is fitted into a box, never enlarged. */
export function fitted({ width, height }: Size, box: Size): Size {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export interface Size {
  width: number;
  height: number;
}

/** Chosen files apart from those that are too large to be sent. */
export function bySize<Chosen extends { size: number }>(files: readonly Chosen[]): { fit: Chosen[]; large: Chosen[] } {
  return {
    fit: files.filter(({ size }) => size <= fileSizes.file),
    large: files.filter(({ size }) => size > fileSizes.file),
  };
}

/** Files for a message that has some already: those that it can take, and what it cannot. */
export function chosenFor<Chosen extends { size: number }>(
  files: readonly Chosen[],
  chosen: readonly Chosen[],
): { taken: Chosen[]; large: Chosen[]; beyond: number } {
  const { fit, large } = bySize(chosen);
  const all = [...files, ...fit];
  return { taken: all.slice(0, fileSizes.files), large, beyond: Math.max(0, all.length - fileSizes.files) };
}

/**
 * How much of each file has been sent, 0 to 1: those of one request go one after another.
 * @param part of the whole request, 0 to 1
 */
export function progressOf(sizes: readonly number[], part: number): number[] {
  let left = part * sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => {
    const sent = Math.max(0, Math.min(size, left));
    left -= size;
    return size === 0 ? part : sent / size;
  });
}

/**
 * The files of a clipboard. Text that was copied from a program comes with a picture of itself: then it is text. A
 * copied file comes with its name as text: then it is a file.
 */
export function pastedFiles(clipboard: Pick<DataTransfer, 'files' | 'getData'>): File[] {
  const files = [...clipboard.files];
  const text = clipboard.getData('text/plain').trim();
  const isOfNames = text.split(/[\r\n]+/).every((line) => files.some(({ name }) => name === line.trim()));
  return text === '' || isOfNames ? files : [];
}
