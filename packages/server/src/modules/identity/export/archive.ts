import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ExportPart } from '../rows/export-part.ts';

/** A part as the text of a JSON array, one row per line. */
async function* jsonOf(pages: AsyncIterable<readonly object[]>): AsyncGenerator<string, void> {
  let before = '[';
  for await (const page of pages) {
    yield before + page.map((row) => `\n${JSON.stringify(row)}`).join(',');
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

function readmeOf(parts: readonly ExportPart[], at: Date): string {
  return [
    `Your data at this Atrium, as of ${at.toISOString()}.`,
    '',
    'Each file is a JSON array, with one entry a line. Times are UTC.',
    '',
    ...parts.map(({ name, about }) => `${name}.json: ${about}`),
    '',
  ].join('\n');
}

/**
 * Packs parts into a zip archive that is created while it is read: rows are read from the database only when there is
 * room for them. An error ends the stream with that error.
 */
export function archiveOf(parts: readonly ExportPart[], at: Date): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on('error', (error: Error) => output.destroy(error));
  const contents: Readable[] = [];
  output.once('close', () => {
    for (const content of contents) content.destroy();
  });
  zip.addBuffer(Buffer.from(readmeOf(parts, at)), 'README.txt', { mtime: at });
  for (const { name, pages } of parts) {
    const content = Readable.from(jsonOf(pages), { objectMode: false });
    // The library handles neither errors of a part nor a consumer that stops.
    content.once('error', (error) => output.destroy(error));
    contents.push(content);
    zip.addReadStream(content, `${name}.json`, { mtime: at });
  }
  zip.end();
  return output;
}
