import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { inheritedEnv } from '../../packages/server/test/inherited-env.ts';
import { type Fence, fencesOf } from './markdown.ts';

/** Commands of a document, and what it says they print. */
export interface Step {
  commands: string;
  /** With `…` for what differs each time; empty: nothing. */
  expected: string;
  /** Where the commands begin. */
  line: number;
}

/** Each block of commands with the block of output that follows it. */
export function stepsOf(markdown: string): Step[] {
  const fences = fencesOf(markdown).filter(({ language }) => language === 'sh' || language === 'text');
  return fences.flatMap(({ language, text, line }, at) => {
    if (language !== 'sh') return [];
    const next: Fence | undefined = fences[at + 1];
    return [{ commands: text, expected: next?.language === 'text' ? next.text : '', line }];
  });
}

/** True when the output is what was said; `…` stands for anything within a line. */
export function matches(output: string, expected: string): boolean {
  const pattern = expected
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[^\\n]*');
  return new RegExp(`^${pattern}$`).test(output);
}

const BORDER = '@@ end of step @@\n';

/**
 * Runs the steps in one plain shell, as if they were pasted one after another.
 * @returns what each printed, on either channel
 */
export async function runSteps(
  steps: readonly Step[],
  options: { cwd: string; env: Record<string, string | undefined> },
): Promise<string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atrium-tour-'));
  try {
    const file = path.join(directory, 'tour.sh');
    await writeFile(file, steps.map(({ commands }) => `${commands}printf '${BORDER.trim()}\\n'\n`).join(''));
    const child = spawn('sh', ['-u', file], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    return Buffer.concat(chunks).toString().split(BORDER).slice(0, -1);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A server that a document speaks of. */
export interface RunningServer {
  url: string;
  /** Its settings, for commands beside it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** The program, as `npm start` runs it, on an empty data directory and a database of its own. */
export async function startServer(root: string, databaseUrl: string): Promise<RunningServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-tour-'));
  const settings = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [path.join(root, 'packages/server/src/main.ts')], {
    cwd: root,
    env: { ...inheritedEnv(), ...settings, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk));
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const clean = () => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const ready = /^Atrium is ready at (\S+)$/.exec(line);
      if (ready?.[1]) resolve(ready[1]);
    });
    void ended.then(clean).then(() => reject(new Error(`The server ended: ${Buffer.concat(log)}`)));
  });
  return {
    url,
    env: settings,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await clean();
    },
  };
}
