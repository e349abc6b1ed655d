import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchDirectory } from '../../../../test/scratch.ts';
import { DataDirInUse, EmbeddedServerError } from '../errors.ts';
import { chownTree } from './files.ts';
import { runningServerUrl, startEmbeddedServer } from './index.ts';

const log = pino({ level: 'silent' });
let dataDir: string;

// Creating a cluster takes a second, so the tests share one; each stops it.
beforeAll(async () => {
  const directory = await mkdtemp(path.join(scratchDirectory(), 'atrium-server-'));
  await chmod(directory, 0o755);
  dataDir = path.join(directory, 'data');
});

afterAll(() => rm(path.dirname(dataDir), { recursive: true, force: true, maxRetries: 10 }));

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, 'database', 'postmaster.pid'), 'utf8'), 10);
}

async function show(url: string, setting: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [setting]);
  await client.end();
  return rows[0]?.value ?? '';
}

test('the server listens on loopback with a password only, survives power loss, and stops', async () => {
  const server = await startEmbeddedServer({ dataDir, log });
  expect(server.adopted).toBe(false);
  expect(await show(server.url, 'listen_addresses')).toBe('127.0.0.1');
  expect(await show(server.url, 'unix_socket_directories')).toBe('');
  expect(await show(server.url, 'max_connections')).toBe('200');
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']) {
    expect(await show(server.url, setting), setting).toBe('on');
  }
  const wrong = new URL(server.url);
  wrong.password = 'guess';
  await expect(show(wrong.href, 'port')).rejects.toThrow('password authentication failed');
  await expect(startEmbeddedServer({ dataDir, log, giveUpMs: 100 })).rejects.toBeInstanceOf(DataDirInUse);
  // Other processes find it, for instance a command beside the server.
  expect(await runningServerUrl(dataDir)).toBe(server.url);
  expect(await runningServerUrl(path.join(dataDir, 'elsewhere'))).toBeUndefined();
  await server.stop();
  await server.stop();
  expect(await runningServerUrl(dataDir)).toBeUndefined();
  await expect(show(server.url, 'port')).rejects.toThrow('ECONNREFUSED');
});

test('when only the server has crashed, it recovers on the same port, and stop resolves', async () => {
  const server = await startEmbeddedServer({ dataDir, log });
  const before = await postmasterPid();
  process.kill(before, 'SIGKILL');
  await server.recover();
  expect(await postmasterPid()).not.toBe(before);
  expect(await show(server.url, 'port')).toBe(new URL(server.url).port);
  process.kill(await postmasterPid(), 'SIGKILL');
  await server.stop();
});

test('a stop during a start leaves no server behind', async () => {
  const server = await startEmbeddedServer({ dataDir, log });
  process.kill(await postmasterPid(), 'SIGKILL');
  const recovery = server.recover().catch(() => undefined);
  await server.stop();
  await recovery;
  await expect(show(server.url, 'port')).rejects.toThrow('ECONNREFUSED');
});

test('the next start succeeds if its port is in use in the meantime', async () => {
  const first = await startEmbeddedServer({ dataDir, log });
  const { port } = new URL(first.url);
  await first.stop();
  const thief = net.createServer().listen(Number(port), '127.0.0.1');
  const second = await startEmbeddedServer({ dataDir, log });
  expect(new URL(second.url).port).not.toBe(port);
  await second.stop();
  await new Promise((resolve) => thief.close(resolve));
});

if (process.geteuid?.() === 0) {
  test('a cluster that root restored from a backup works', async () => {
    await (await startEmbeddedServer({ dataDir, log })).stop();
    await chownTree(path.join(dataDir, 'database'), { name: 'root', uid: 0, gid: 0 });
    expect((await stat(path.join(dataDir, 'database', 'base'))).uid).toBe(0);
    await (await startEmbeddedServer({ dataDir, log })).stop();
    expect((await stat(path.join(dataDir, 'database', 'base'))).uid).not.toBe(0);
  });
}

test('a database with a missing or wrong password is unchanged, and the message says so', async () => {
  const server = await startEmbeddedServer({ dataDir, log });
  await server.stop();
  const file = path.join(dataDir, 'secrets', 'database-password');
  const password = await readFile(file, 'utf8');
  await writeFile(file, 'wrong\n');
  await expect(startEmbeddedServer({ dataDir, log })).rejects.toThrow('does not accept the password');
  await expect(postmasterPid(), 'it was stopped again').rejects.toThrow('ENOENT');
  await rm(file);
  await expect(startEmbeddedServer({ dataDir, log })).rejects.toThrow('is missing or empty');
  await writeFile(file, password, { mode: 0o600 });
  await (await startEmbeddedServer({ dataDir, log })).stop();
});

test('a cluster that cannot start is reported with the end of its log', async () => {
  const server = await startEmbeddedServer({ dataDir, log });
  await server.stop();
  await rm(path.join(dataDir, 'database', 'global', 'pg_control'));
  const failed = startEmbeddedServer({ dataDir, log, giveUpMs: 500 });
  await expect(failed).rejects.toBeInstanceOf(EmbeddedServerError);
  await expect(failed).rejects.toThrow('pg_control');
});
