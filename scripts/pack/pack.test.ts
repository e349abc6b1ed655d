import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inheritedEnv } from '../../packages/server/test/inherited-env.ts';
import { packAll, type Tarball } from './pack.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const { ensureWebBuilt } = await import(new URL('../bootstrap/web.mjs', import.meta.url).href);

let directory: string;
let tarballs: Tarball[];
beforeAll(async () => {
  await ensureWebBuilt(root);
  directory = await realpath(await mkdtemp(path.join(tmpdir(), 'atrium-pack-')));
  tarballs = await packAll(root, path.join(directory, 'packed'));
}, 600_000);
afterAll(() => rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const tarballOf = (name: string) => {
  const found = tarballs.find((tarball) => tarball.name === `@atrium/${name}`);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

/**
 * Installs packages into an empty folder: unpacks them, and links what they say that they depend on, and nothing else,
 * from what is installed here. Nothing is asked of a registry.
 */
async function install(names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(directory, 'installed-'));
  const modules = path.join(folder, 'node_modules');
  for (const name of names) {
    const place = path.join(modules, '@atrium', name);
    await mkdir(place, { recursive: true });
    await run('tar', ['-xzf', tarballOf(name).file, '--strip-components=1', '-C', place]);
    const manifest = JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8'));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      await link(dependency, modules, manifest.bundleDependencies ?? []);
    }
  }
  return folder;
}

async function link(dependency: string, modules: string, bundled: readonly string[]): Promise<void> {
  const target = path.join(modules, dependency);
  if (dependency.startsWith('@atrium/') || bundled.includes(dependency) || existsSync(target)) return;
  const found = [path.join(root, 'packages/server/node_modules'), path.join(root, 'node_modules')]
    .map((place) => path.join(place, dependency))
    .find((place) => existsSync(place));
  // Programs for other systems are not installed here.
  if (found === undefined) return;
  await mkdir(path.dirname(target), { recursive: true });
  await symlink(await realpath(found), target);
}

interface Started {
  child: ChildProcess;
  url: string;
  ended: Promise<number | null>;
}

/** `npx atrium start` */
async function start(folder: string): Promise<Started> {
  const bin = path.join(folder, 'node_modules/@atrium/server/bin/atrium.mjs');
  const child = spawn(process.execPath, [bin, 'start'], {
    cwd: folder,
    env: { ...inheritedEnv(), PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const ready = /^Atrium is ready at (\S+)$/.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    void ended.then((code) => reject(new Error(`It ended with ${code}: ${log.slice(-10).join('\n')}`)));
  });
  return { child, url, ended };
}

/** What somebody writes who uses the SDK, with types that must hold. */
const CONSUMER = `
import { createClient, type AtriumClient } from '@atrium/client';
import { contract, type InputOf } from '@atrium/protocol';

const client: AtriumClient = createClient({ url: process.argv[2] ?? '' });
const account = { email: 'ann@example.org', password: 'a sentence nobody guesses' };
await client.api.auth.register({ name: 'Ann', ...account });
await client.signIn(account);
const workspace: InputOf<typeof contract.workspaces.create> = { name: 'Garden' };
const { id: workspaceId } = await client.api.workspaces.create(workspace);
await client.connect();
const { items } = await client.api.conversations.list({ workspaceId });
const general = items.find(({ name }) => name === 'general');
if (general === undefined) throw new Error('There is no #general');
const heard = new Promise<string>((resolve) => {
  client.on('event', (event) => event.type === 'message:receive' && resolve(event.data.content));
});
await client.send(general.id, 'From the package');
console.log(await heard);
// @ts-expect-error a workspace needs a name
const wrong: InputOf<typeof contract.workspaces.create> = {};
client.close();
`;

describe('what is published', () => {
  it('is three files with what they need to run, and nothing else', async () => {
    expect(tarballs.map(({ name }) => name)).toEqual(['@atrium/protocol', '@atrium/client', '@atrium/server']);
    for (const { file, bytes } of tarballs) {
      const { stdout } = await run('tar', ['-tzf', file], { maxBuffer: 64 << 20 });
      const names = stdout.trim().split('\n');
      expect(names).toContain('package/LICENSE');
      expect(names.filter((name) => /\.test\.|\/test\/|(?<!\.d)\.ts$/.test(name))).toEqual([]);
      expect(bytes).toBeGreaterThan(1_000);
    }
    expect(tarballOf('client').bytes).toBeLessThan(300_000);
    expect(tarballOf('protocol').bytes).toBeLessThan(1_500_000);
    expect(tarballOf('server').bytes).toBeLessThan(15_000_000);
  });

  it('starts in an empty folder, and serves the app, its service worker and the SDK', async () => {
    const server = await start(await install(['server']));
    try {
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      const page = await fetch(server.url, { headers: { accept: 'text/html' } });
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
      const script = /src="(\/[^"]+\.js)"/.exec(await page.text())?.[1];
      for (const file of [script ?? 'no script', '/sw.js']) {
        const answer = await fetch(new URL(file, server.url));
        expect([file, answer.status, answer.headers.get('content-type')]).toEqual([
          file,
          200,
          expect.stringContaining('javascript'),
        ]);
      }

      const consumer = await install(['client', 'protocol']);
      await writeFile(path.join(consumer, 'consumer.ts'), CONSUMER);
      await writeFile(path.join(consumer, 'package.json'), '{"type":"module"}');
      const types = path.join(root, 'node_modules/@types');
      const strictly = [
        '--strict',
        '--target',
        'es2024',
        '--module',
        'nodenext',
        '--types',
        'node',
        '--typeRoots',
        types,
      ];
      await run(path.join(root, 'node_modules/.bin/tsc'), [...strictly, 'consumer.ts'], { cwd: consumer }).catch(
        ({ stdout }: { stdout: string }) => expect(stdout).toBe(''),
      );
      const { stdout } = await run(process.execPath, ['consumer.js', server.url], { cwd: consumer });
      expect(stdout).toBe('From the package\n');
    } finally {
      server.child.kill('SIGTERM');
    }
    expect(await server.ended).toBe(0);
  }, 240_000);
});
