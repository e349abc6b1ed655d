/** Closes a run of continuous integration: `main.ts <vitest.json> <exit code of the check> <exit code of the tests>`. */
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { type Report, verdict } from './verdict.ts';

const [file = '', checkCode, testCode] = process.argv.slice(2);
const report: Report | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const { passed, failed, reasons } = verdict(report, Number(checkCode), Number(testCode));

for (const reason of reasons) console.log(reason);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
