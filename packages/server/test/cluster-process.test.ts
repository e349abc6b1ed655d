import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratchDirectory } from './scratch.ts';

test('when the test run is killed, the test cluster ends and deletes all its files', async () => {
  const directory = await mkdtemp(path.join(scratchDirectory(), 'atrium-harness-'));
  await chmod(directory, 0o711);
  const file = fileURLToPath(new URL('cluster-process.ts', import.meta.url));
  const run = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(file)}],
    { detached: true, stdio: ['pipe', 'inherit', 'inherit'] })`;
  const parent = spawn(process.execPath, ['-e', run], {
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(parent.stdout), 'line');
  expect(await readdir(directory)).toHaveLength(1);
  parent.kill('SIGKILL');
  await expect.poll(() => readdir(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});
