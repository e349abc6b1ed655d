import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePort, isPortFree } from './port.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-port-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test('a port below the range of outgoing connections is chosen, stored, and changed when it is in use', async () => {
  const file = path.join(directory, 'port');
  const port = await choosePort(file);
  expect(port).toBeLessThan(32_768);
  expect(await choosePort(file)).toBe(port);
  const server = net.createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  expect(await isPortFree(port)).toBe(false);
  const other = await choosePort(file);
  expect(other).not.toBe(port);
  expect((await readFile(file, 'utf8')).trim()).toBe(String(other));
  await new Promise((resolve) => server.close(resolve));
});
