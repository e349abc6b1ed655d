import { type StdioOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';

const runChild = new URL('./run-child.mjs', import.meta.url).href;

/** Says its pid, then every signal it gets; leaves with 7 on the second SIGTERM. */
const RECORDER = `
  let terms = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
    console.log(signal);
    if (signal === 'SIGTERM' && ++terms === 2) process.exit(7);
  });
  setInterval(() => {}, 1000);
  console.log('pid ' + process.pid);
`;

/** Starts a program through runChild; both are gone when the test is. */
function start({ onTestFinished }: TestContext, program: string, shell = false) {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-run-child-'));
  writeFileSync(join(folder, 'child.mjs'), program);
  const code = `
    import { runChild } from '${runChild}';
    await runChild(process.execPath, ['${join(folder, 'child.mjs')}'], '${folder}');`;
  const args = ['--input-type=module', '-e', code];
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
  // In place of npm: a parent in between, which does not hand its place to the last command.
  const parent = shell
    ? spawn('sh', ['-c', '"$@"; true', 'sh', process.execPath, ...args], {
        stdio,
        env: { ...process.env, npm_lifecycle_event: 'start' },
      })
    : spawn(process.execPath, args, { stdio });
  onTestFinished(() => {
    parent.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  let printed = '';
  parent.stdout!.on('data', (chunk) => {
    printed += chunk;
  });
  return {
    parent,
    ended: () =>
      new Promise<[number | null, string | null]>((resolve) =>
        parent.once('close', (code, signal) => resolve([code, signal])),
      ),
    until: async (condition: (printed: string) => boolean): Promise<void> => {
      for (let waited = 0; !condition(printed); waited += 20) {
        if (waited > 10_000) throw new Error(`still waiting; printed so far: ${printed}`);
        await sleep(20);
      }
    },
    childPid: () => Number(/pid (\d+)/.exec(printed)?.[1]),
    signals: () => printed.match(/SIG\w+/g),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isUp = (printed: string) => printed.includes('pid');

// They wait more than they work.
describe.concurrent('a child', () => {
  it('passes on the exit code', async (test) => {
    const { ended } = start(test, 'process.exit(42)');
    expect(await ended()).toEqual([42, null]);
  });

  it('ends by the signal that ended the child', async (test) => {
    const { ended } = start(test, 'process.kill(process.pid, "SIGKILL")');
    expect(await ended()).toEqual([null, 'SIGKILL']);
  });

  it('delivers a doubled signal once and a second wish again', async (test) => {
    const { parent, until, ended, signals } = start(test, RECORDER);
    await until(isUp);
    // What Ctrl-C under npm does: the terminal and npm each send one.
    parent.kill('SIGINT');
    parent.kill('SIGINT');
    await until((printed) => printed.includes('SIGINT'));
    await sleep(400);
    parent.kill('SIGTERM');
    await until((printed) => printed.includes('SIGTERM'));
    await sleep(400);
    const end = ended();
    parent.kill('SIGTERM');
    expect(await end).toEqual([7, null]);
    expect(signals()).toEqual(['SIGINT', 'SIGTERM', 'SIGTERM']);
  });

  it('stops the child in order when it is killed outright itself', async (test) => {
    const { parent, until, childPid, signals } = start(test, RECORDER.replace('++terms === 2', '++terms === 1'));
    await until(isUp);
    parent.kill('SIGKILL');
    await until(() => !isAlive(childPid()));
    expect(signals()).toContain('SIGTERM');
  });

  it('stops the child in order, once, when npm is killed outright', async (test) => {
    const slow = RECORDER.replace('process.exit(7)', '').replace('++terms', 'setTimeout(() => process.exit(), 2500)');
    const { parent, until, childPid, signals } = start(test, slow, true);
    await until(isUp);
    parent.kill('SIGKILL');
    await until(() => !isAlive(childPid()));
    expect(signals()).toEqual(['SIGTERM']);
  });
});
