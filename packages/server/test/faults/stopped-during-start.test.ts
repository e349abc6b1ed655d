import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../database.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

/** A server on an existing database, with some code before its own. */
async function startAfter(preload: string): Promise<ServerProcess> {
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  return startServer({ dataDir, port: await freePort(), env: { DATABASE_URL: database.url }, preload });
}

test('F9 told to stop while it starts, it exits with 0 and never serves', async () => {
  const server = await startAfter(`process.on('newListener', function listen(name) {
    if (name !== 'SIGTERM') return;
    process.off('newListener', listen);
    setImmediate(() => process.kill(process.pid, 'SIGTERM'));
  })`);
  await expect(server.ready()).rejects.toThrow('the server ended');
  expect(await server.ended).toBe(0);
  expect(server.out).toEqual([]);
});

test.each([
  ['an error that nobody caught', 'throw new Error("boom")'],
  ['a promise that nobody waited for', 'Promise.reject(new Error("boom"))'],
])('F9 after %s it ends in order, with 1', async (_what, fault) => {
  const server = await startAfter(`process.on('SIGUSR2', () => { ${fault} })`);
  await server.ready();
  server.child.kill('SIGUSR2');
  expect(await server.ended).toBe(1);
  expect(server.out.filter((line) => line.startsWith('Atrium is ready'))).toEqual([server.out.at(-1)]);
  expect(server.log.join('\n')).toMatch(/boom.*an error that nobody caught/s);
});
