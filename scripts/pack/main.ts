/** `npm run pack`: what is published, as files. */
import path from 'node:path';
import process from 'node:process';
import { packAll } from './pack.ts';

const root = path.resolve(import.meta.dirname, '../..');
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`;

for (const { name, file, bytes, unpackedBytes, files } of await packAll(root, path.join(root, 'dist'))) {
  const shown = path.relative(process.cwd(), file);
  process.stdout.write(`${name}: ${shown}, ${megabytes(bytes)}, ${files} files of ${megabytes(unpackedBytes)}\n`);
}
