import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import type { ContentKind } from './file-type.ts';
import { isOfficeDocument } from './office.ts';
import { isText } from './text.ts';

/** As much as the signatures of all accepted types need. */
const HEAD_BYTES = 4_100;
/** What a browser would take for a page, in front of or behind the signature of another type. */
const PAGE = /<(!doctype|html|head|body|script|svg|iframe)/i;
const ZIP = 'PK\u0003\u0004';
const PDF = '%PDF-';

/** Whether a file contains what it claims. */
export async function containsKind(file: string, kind: ContentKind): Promise<boolean> {
  const head = await headOf(file);
  const start = head.toString('latin1');
  switch (kind.kind) {
    case 'text':
      return isText(file, head);
    case 'office':
      return start.startsWith(ZIP) && (await isOfficeDocument(file, kind.folder));
    case 'pdf':
      return start.startsWith(PDF) && !PAGE.test(start);
    case 'old-office':
      return (await sniff(head)) === 'application/x-cfb' && !PAGE.test(start);
    case 'image':
      return sniffsAs(await sniff(head), kind.type);
  }
}

const sniffsAs = (sniffed: string | undefined, type: string) =>
  sniffed === type || (sniffed === 'image/apng' && type === 'image/png');

async function sniff(head: Buffer): Promise<string | undefined> {
  return (await fileTypeFromBuffer(head))?.mime;
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
