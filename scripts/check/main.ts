/** `npm run check`: every house rule at once. `--staged` looks only at what is about to be committed. */
import process from 'node:process';
import { partsFor } from './parts.ts';
import { runParts } from './run-parts.ts';
import { stagedFiles } from './tracked-files.ts';

const root = process.cwd();
const staged = process.argv.includes('--staged');
const started = performance.now();

const failed = await runParts(partsFor(root, staged ? stagedFiles(root) : undefined));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(failed === 0 ? `check passed in ${seconds} s` : `check: ${failed} failed, ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
