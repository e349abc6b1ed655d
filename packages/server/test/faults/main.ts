import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Outcome, runFile, summarise } from './harness/long-run.ts';

/**
 * The long form of all fault tests, repeated with increasing seeds until the time is up:
 * `npm run faults -- [--minutes 20] [--seed 1] [--only slow-reader]`. Exit code 1 if anything failed.
 */
const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');
const USAGE = 'Usage: npm run faults -- [--minutes <number>] [--seed <number>] [--only <part of a file name>]';
/** The title of a fault test begins with its number, and that of races for the last of something with S45. */
const FAULT_TEST = /\b(?:test|it)(?:\.\w+)*\(\s*(?:\[[^\]]*\][^(]*\(\s*)?['"`](?:F\d+|S45) /;

interface Arguments {
  minutes: number;
  seed: number;
  only: string;
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '20' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        only: { type: 'string', default: '' },
      },
    });
    const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
    if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new RangeError(USAGE);
    return { minutes, seed, only: values.only };
  } catch {
    process.stderr.write(`${USAGE}\n`);
    process.exit(64);
  }
}

/** All files with fault tests, in any folder. */
async function faultFiles(only: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('packages/*/{src,test}/**/*.test.ts', { cwd: ROOT })) {
    if (file.includes(only) && FAULT_TEST.test(readFileSync(path.join(ROOT, file), 'utf8'))) files.push(file);
  }
  return files.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(file: string, seed: number, outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter(({ passed }) => !passed);
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0).toFixed(1);
  print(`${failed.length === 0 ? 'ok    ' : 'FAILED'} seed ${seed}  ${path.basename(file)}  ${seconds} s`);
  for (const { reason, title } of failed) print(`       ${title}\n${reason.split('\n').slice(0, 12).join('\n')}`);
  if (failed.length > 0) print(`       again: FAULT_FORM=long FAULT_SEED=${seed} npx vitest run ${file}`);
}

const { minutes, seed: firstSeed, only } = readArguments();
const files = await faultFiles(only);
const until = performance.now() + minutes * 60_000;
const all: Outcome[] = [];
let stopped = files.length === 0;
process.once('SIGINT', () => {
  stopped = true;
});
print(`${files.length} files, ${minutes} minutes, from seed ${firstSeed}`);
for (let seed = firstSeed; !stopped && performance.now() < until; seed++) {
  for (const file of files) {
    if (stopped || performance.now() >= until) break;
    const outcomes = await runFile(file, seed, (line) => print(`       ${line}`));
    all.push(...outcomes);
    tell(file, seed, outcomes);
  }
}
print(`\n${summarise(all)}`);
process.exitCode = all.length > 0 && all.every(({ passed }) => passed) ? 0 : 1;
