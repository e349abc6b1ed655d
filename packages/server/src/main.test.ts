import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../test/database.ts';
import { inheritedEnv } from '../test/inherited-env.ts';
import type { Database } from './platform/database/index.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let database: Database;
let dataDir: string;
let running: ChildProcess[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-main-'));
  database = await testDatabase();
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Starts the program as a person would, over a database that is there. */
function start(env: Record<string, string> = {}, nodeOptions: string[] = []) {
  const child = spawn(process.execPath, [...nodeOptions, MAIN], {
    env: { ...inheritedEnv(), PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk);
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  return {
    child,
    said,
    ended,
    async ready(): Promise<string> {
      // Several servers may be starting on few cores.
      for (let turn = 0; turn < 1_600; turn++) {
        const url = /^Atrium is ready at (\S+)\n$/m.exec(said.out)?.[1];
        if (url !== undefined) return url;
        await sleep(25);
      }
      throw new Error(`not ready: ${said.err}`);
    },
  };
}

/** Options that run some code before the program. */
function preload(code: string): string[] {
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

describe('the program', () => {
  it('keeps its port to itself, and told to stop it ends with 0 and takes nothing new', async () => {
    const { child, ready, ended, said } = start();
    const url = await ready();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    const { port } = new URL(url);
    const second = start({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.said.err).toMatch(new RegExp(`Port ${port} is taken`));
    expect(second.said.err).not.toMatch(/at .*:\d+:\d+/);
    expect(said.out.trimEnd().split('\n').at(-1)).toBe(`Atrium is ready at ${url}`);

    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await expect(fetch(`${url}/health/ready`)).rejects.toThrow();
    expect(said.err).not.toMatch(/"level":(50|60)/);
  });

  it('names every key that cannot be used, never a value, and ends with 78', async () => {
    const { ended, said } = start({ PORT: 'secret', SMTP_URL: 'http://me:secret@host' });
    expect(await ended).toBe(78);
    expect(said.err).toMatch(/^PORT must be [^\n]+\nSMTP_URL must be [^\n]+\n$/);
    expect(said.err + said.out).not.toContain('secret');
  });

  it('says in one line when DATABASE_URL cannot be used', async () => {
    const url = Object.assign(new URL(database.url), { password: 'secret' });
    const { ended, said } = start({ DATABASE_URL: url.href });
    expect(await ended).toBe(1);
    expect(said.err).toMatch(/^The database of DATABASE_URL cannot be used: [^\n]+\n$/);
    expect(said.err).not.toContain('secret');
  });

  it('says in one line that the database server has no TLS, where it is required', async () => {
    const url = new URL(database.url);
    url.searchParams.set('sslmode', 'require');
    const { ended, said } = start({ DATABASE_URL: url.href });
    expect(await ended).toBe(1);
    expect(said.err).toMatch(/^The database of DATABASE_URL cannot be used: [^\n]*SSL[^\n]*\n$/);
  });

  it('says in one line that its role may not create tables', async () => {
    const role = `reader_${process.pid}`;
    const { pool } = database;
    await pool.query(`create role ${role} login password 'secret'`);
    const empty = `empty_${process.pid}`;
    await pool.query(`create database ${empty}`);
    try {
      const url = Object.assign(new URL(database.url), { username: role, password: 'secret', pathname: empty });
      const { ended, said } = start({ DATABASE_URL: url.href });
      expect(await ended).toBe(1);
      expect(said.err).toMatch(/^[^\n]*permission denied[^\n]*\n$/);
      expect(said.err).not.toContain('secret');
    } finally {
      await pool.query(`drop database ${empty}`);
      await pool.query(`drop role ${role}`);
    }
  });

  it('says in one line when this machine has no such address, also before it knows its port', async () => {
    const { ended, said } = start({ HOST: '192.0.2.1', PORT: '0' });
    expect(await ended).toBe(1);
    expect(said.err.trim()).toMatch(/^Cannot listen on 192\.0\.2\.1: .*EADDRNOTAVAIL.*$/);
  });

  it('that was given any port, which somebody else took meanwhile, says to start again', async () => {
    const tooSlow = `import net from 'node:net';
      const { listen } = net.Server.prototype;
      net.Server.prototype.listen = function (at, ...rest) {
        if (at.port > 0) {
          net.Server.prototype.listen = listen;
          listen.call(net.createServer().unref(), at);
        }
        return listen.call(this, at, ...rest);
      };`;
    const { ended, said } = start({}, preload(tooSlow));
    expect(await ended).toBe(1);
    expect(said.err).toMatch(/^Port [1-9]\d*, which was free, has been taken meanwhile\. Start again\.$/m);
  });
});
