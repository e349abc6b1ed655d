import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..');
const VITEST = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
/** How often tests that only repeat themselves do so in each run. */
const ROUNDS = '5';

/** The result of one run of a test. */
export interface Outcome {
  title: string;
  passed: boolean;
  seconds: number;
  /** The reason of the failure; empty if it passed. */
  reason: string;
}

interface VitestReport {
  testResults: {
    message: string;
    assertionResults: {
      title: string;
      status: string;
      duration?: number | null;
      failureMessages?: string[] | null;
    }[];
  }[];
}

/**
 * Runs one test file in its long form, with a seed.
 * @param print gets the measurements of the tests, line by line
 */
export async function runFile(file: string, seed: number, print: (line: string) => void): Promise<Outcome[]> {
  const output = path.join(os.tmpdir(), `atrium-faults-${process.pid}.json`);
  const env = { ...process.env, FAULT_FORM: 'long', FAULT_ROUNDS: ROUNDS, FAULT_SEED: String(seed) };
  const args = ['run', file, '--reporter=json', `--outputFile=${output}`];
  const child = spawn(process.execPath, [VITEST, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    if (/^F\d+.* measured /.test(line)) print(line);
  });
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  await new Promise((resolve) => child.on('close', resolve));
  const text = await readFile(output, 'utf8').catch(() => undefined);
  await rm(output, { force: true });
  if (text === undefined) return [broken(file, errors.slice(-5).join('\n'))];
  return outcomesOf(file, JSON.parse(text) as VitestReport);
}

/** Reads a report; a file that could not be loaded counts as one failed test. */
export function outcomesOf(file: string, { testResults }: VitestReport): Outcome[] {
  return testResults.flatMap(({ assertionResults, message }) =>
    assertionResults.length === 0
      ? [broken(file, message)]
      : assertionResults
          .filter(({ status }) => status === 'passed' || status === 'failed')
          .map(({ duration, failureMessages, status, title }) => ({
            title,
            passed: status === 'passed',
            seconds: (duration ?? 0) / 1_000,
            reason: failureMessages?.join('\n') ?? '',
          })),
  );
}

function broken(file: string, reason: string): Outcome {
  return { title: `${path.basename(file)} as a whole`, passed: false, seconds: 0, reason };
}

/** One row for each test, by the number in its title. */
export function summarise(outcomes: readonly Outcome[]): string {
  const byTitle = [...Map.groupBy(outcomes, ({ title }) => title)];
  const numberOf = (title: string) => Number(/^F(\d+)/.exec(title)?.[1] ?? Number.MAX_SAFE_INTEGER);
  const rows = byTitle
    .sort(([one], [other]) => numberOf(one) - numberOf(other) || one.localeCompare(other))
    .map(([title, all]) => {
      const failed = all.filter(({ passed }) => !passed).length;
      const longest = Math.max(...all.map(({ seconds }) => seconds));
      return [`${all.length}`, `${failed}`, longest.toFixed(1), title];
    });
  return [['runs', 'failed', 'longest s', 'test'], ...rows]
    .map(([runs = '', failed = '', longest = '', title = '']) =>
      [runs.padStart(5), failed.padStart(7), longest.padStart(10), ` ${title}`].join(' '),
    )
    .join('\n');
}
