import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';
import { fromWoff } from './woff.ts';

const fileOf = (name: string) => fileURLToPath(import.meta.resolve(name));

export const REGULAR = fileOf('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
export const BOLD = fileOf('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
/** The name of the font of `loadFallback` in a document. */
export const FALLBACK = 'fallback';
const FALLBACK_FILE = fileOf('@fontsource/unifontex/files/unifontex-latin-400-normal.woff');

let regular: ReturnType<typeof openSync> | undefined;

/** Whether DejaVu has all characters of a text. */
export function isCovered(text: string): boolean {
  regular ??= openSync(REGULAR);
  const font = regular;
  if (!('hasGlyphForCodePoint' in font)) throw new Error('The font file is a collection.');
  return [...text].every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

/**
 * A bitmap font for characters that DejaVu lacks: it has nearly all scripts, including Chinese, Japanese and Korean.
 */
export async function loadFallback(): Promise<Buffer> {
  return fromWoff(await readFile(FALLBACK_FILE));
}

/** The font for a text: the preferred one if it has all characters. */
export const fontFor = (text: string, wanted: string): string => (isCovered(text) ? wanted : FALLBACK);
