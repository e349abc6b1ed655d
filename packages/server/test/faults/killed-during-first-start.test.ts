import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { unprivilegedAccount } from '../../src/platform/database/embedded/account.ts';
import { program } from '../../src/platform/database/embedded/binaries.ts';
import { bareStart, usableBinaries } from './cluster.ts';
import { allowedMs } from './harness/run-length.ts';
import { freePort } from './harness/work-directory.ts';
import { killProcessesOf, REPEATED, ROUNDS, serve, temporaryDirectory, walk } from './processes.ts';

/** Roughly the longest first start measured here; kills after readiness test the ordinary case. */
const FIRST_START_MS = 1_300;

/** A small generator, so that a failing run can be repeated with its printed seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function checkFiles(dataDir: string, temporary: string): Promise<void> {
  const names = await readdir(dataDir);
  expect(names.filter((name) => name.includes('.init-') || name.includes('.pw-'))).toEqual([]);
  const file = path.join(dataDir, 'secrets', 'database-password');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(dataDir, 'database'))).mode & 0o777).toBe(0o700);
  const password = (await readFile(file, 'utf8')).trim();
  expect(password.length).toBeGreaterThanOrEqual(32);
  const small = (await walk(dataDir)).filter((name) => !name.startsWith(path.join(dataDir, 'database/')));
  for (const other of small.filter((name) => name !== file)) {
    expect(await readFile(other, 'utf8'), other).not.toContain(password);
  }
  expect(await readdir(temporary), 'nothing is put into the temporary directory').toEqual([]);
}

test(
  'F6 killed at any moment of the very first start, the next start works and nothing is left over',
  REPEATED,
  async () => {
    const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);
    process.stdout.write(`F6 seed ${seed}\n`);
    const next = random(seed);
    const directory = await temporaryDirectory();
    const temporary = path.join(directory, 'tmp');
    await mkdir(temporary);
    await chmod(temporary, 0o1777);
    for (let round = 0; round < ROUNDS + 2; round += 1) {
      const dataDir = path.join(directory, `data-${round}`);
      const env = { ...process.env, TMPDIR: temporary };
      const victim = serve(dataDir, { env });
      const moment = Math.round(next() * FIRST_START_MS);
      const all = next() < 0.5;
      await sleep(moment);
      if (all) await killProcessesOf(dataDir);
      await victim.kill();
      const server = serve(dataDir, { env });
      await server.next('ready', allowedMs(15_000)).catch((error: Error) => {
        throw new Error(`killed ${all ? 'all' : 'node'} after ${moment} ms (seed ${seed}): ${error.message}`);
      });
      await checkFiles(dataDir, temporary);
      expect(await server.stop()).toBe(0);
    }
  },
);

test('F6 control: initdb in the final place, killed, leaves a directory that never starts', async () => {
  const root = process.geteuid?.() === 0;
  const account = root ? await unprivilegedAccount() : undefined;
  const directory = await temporaryDirectory(account);
  const clusterDir = path.join(directory, 'database');
  const child = spawn(program(await usableBinaries(), 'initdb'), ['-D', clusterDir], {
    cwd: directory,
    env: { LC_ALL: 'C' },
    stdio: 'ignore',
    detached: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  await expect
    .poll(() => stat(path.join(clusterDir, 'PG_VERSION')).catch(() => undefined), { interval: 5 })
    .toBeTruthy();
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await sleep(100);
  expect((await bareStart(clusterDir, await freePort())).code).not.toBe(0);
});
