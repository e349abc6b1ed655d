import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IncomingFile } from '../src/platform/module/index.ts';

/** A file in the body of a request. */
export interface TestFile {
  name: string;
  type?: string;
  content: Buffer | string;
}

/** A body of multipart/form-data, exactly as it is sent. */
export function multipart(files: readonly TestFile[]): { headers: Record<string, string>; body: Buffer } {
  const boundary = `boundary-${randomUUID()}`;
  const parts = files.flatMap(({ name, type, content }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/["\\]/g, '\\$&')}"\r\n`,
    `Content-Type: ${type ?? 'application/octet-stream'}\r\n\r\n`,
    content,
    '\r\n',
  ]);
  const body = Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part)));
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
}

/** A picture of one pixel. */
export const DOT: TestFile = {
  name: 'dot.png',
  type: 'image/png',
  content: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** A small body with a file that is accepted everywhere. */
export const oneFile = () => multipart([DOT]);

/** The same files as an operation gets them, without a transport. */
export async function* incomingFiles(files: readonly TestFile[]): AsyncGenerator<IncomingFile, void> {
  for (const { name, type = '', content } of files)
    yield { name, type, content: Readable.from([Buffer.from(content)]) };
}
