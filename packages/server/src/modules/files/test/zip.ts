import { ZipFile } from 'yazl';

/** The least that makes an archive a document of Word. */
export const WORD = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' };

/** An archive with these entries. */
export function zip(entries: Record<string, Buffer | string>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(entries)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    archive.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    archive.outputStream.on('error', reject).on('end', () => resolve(Buffer.concat(chunks)));
  });
}
