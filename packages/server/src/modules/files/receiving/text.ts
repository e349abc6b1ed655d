import { open } from 'node:fs/promises';

/** Bytes that are decoded at once. */
const PART_BYTES = 16_384;

/** Control characters that no text contains; tab, line feed, form feed and carriage return are not among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** By the first bytes of a file. */
const BYTE_ORDER_MARKS: readonly [string, string][] = [
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** Whether a file is text: in UTF-8, in UTF-16 with a byte order mark, or in the encoding of older Windows programs. */
export async function isText(file: string, head: Buffer): Promise<boolean> {
  const [, marked] = BYTE_ORDER_MARKS.find(([mark]) => head.subarray(0, 2).toString('hex') === mark) ?? [];
  if (marked !== undefined) return decodes(file, marked);
  return (await decodes(file, 'utf-8')) || decodes(file, 'windows-1252');
}

async function decodes(file: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  // One buffer for the whole file: with a new one for each part, many large files at once would fill the memory.
  const part = Buffer.allocUnsafe(PART_BYTES);
  const handle = await open(file, 'r');
  try {
    for (;;) {
      const { bytesRead } = await handle.read(part, 0, PART_BYTES, null);
      if (bytesRead === 0) return !BINARY.test(decoder.decode());
      if (BINARY.test(decoder.decode(part.subarray(0, bytesRead), { stream: true }))) return false;
    }
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await handle.close();
  }
}
