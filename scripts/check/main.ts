/** `npm run check`: every house rule at once. `--staged` looks only at what is about to be committed. */
import process from 'node:process';
import { stagedCheck, wholeCheck } from './parts.ts';
import { runParts } from './run-parts.ts';
import { stagedFiles } from './tracked-files.ts';

const root = process.cwd();
const started = performance.now();

const parts = process.argv.includes('--staged') ? stagedCheck(root, stagedFiles(root)) : wholeCheck(root);
const failed = await runParts(parts);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(failed === 0 ? `check passed in ${seconds} s` : `check: ${failed} failed, ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
