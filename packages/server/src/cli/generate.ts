/** `npm run generate`: writes the documents that are made of the contract, for the repository to show how it changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { committedDocuments } from '../platform/docs/index.ts';

const root = new URL('../../../../', import.meta.url);

function current(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

for (const [name, text] of Object.entries(await committedDocuments())) {
  const file = new URL(name, root);
  const changed = current(file) !== text;
  if (changed) writeFileSync(file, text);
  console.log(`${name} ${changed ? 'written' : 'is up to date'}`);
}
