import { createReadStream } from 'node:fs';

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
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (BINARY.test(decoder.decode(chunk, { stream: true }))) return false;
    }
    return !BINARY.test(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
