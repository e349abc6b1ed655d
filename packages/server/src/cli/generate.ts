/**
 * `npm run generate`: writes the documents generated from the contract, which are committed so that changes are
 * visible.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { committedDocuments } from '../platform/docs/index.ts';

const root = new URL('../../../../', import.meta.url);

function current(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

let contractChanged = false;
for (const [name, text] of Object.entries(await committedDocuments())) {
  const file = new URL(name, root);
  const changed = current(file) !== text;
  if (changed) writeFileSync(file, text);
  contractChanged ||= changed && name.endsWith('external-event-types.ts');
  console.log(`${name} ${changed ? 'written' : 'is up to date'}`);
}
// The contract itself reads this list, so the documents are generated again with the new one.
if (contractChanged) execFileSync(process.execPath, process.argv.slice(1), { stdio: 'inherit' });
