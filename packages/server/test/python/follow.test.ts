import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runSteps, stepsOf } from '../../../../scripts/docs/tour.ts';
import { type Person, type TestApp, testApp } from '../app.ts';
import { type LinkProxy, startProxy } from '../faults/harness/proxy.ts';
import { inheritedEnv } from '../inherited-env.ts';
import { pythonWithSocketIo } from './interpreter.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const EXAMPLE = path.join(ROOT, 'docs/guides/follow.py');
const GUIDE = path.join(ROOT, 'docs/guides/python.md');

let app: TestApp;
let serverPort: number;
let nora: Person;
let room: string;
let token: string;
beforeAll(async () => {
  app = await testApp();
  serverPort = Number(new URL(await app.listen()).port);
  nora = await app.person('Nora');
  const { id: workspaceId } = await nora.call('workspaces.create', { name: 'Garden' });
  room = (await channel(workspaceId)).id;
  token = (await nora.call('tokens.create', { name: 'Follower', scopes: ['read'] })).secret;
});
afterAll(() => app.close());

let channels = 0;
function channel(workspaceId: string) {
  channels += 1;
  return nora.call('conversations.create', { workspaceId, kind: 'channel', name: `beds-${channels}` });
}
const say = (content: string, conversationId = room) =>
  nora.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
const sayAll = async (contents: readonly string[], conversationId = room) => {
  for (const content of contents) await say(content, conversationId);
};
const numbered = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);

/** The example as it stands, behind a link that can be cut. */
interface Follower {
  /** What was printed, in order. */
  readonly heard: string[];
  /** What was said beside it. */
  readonly said: string[];
  readonly process: ChildProcess;
  /** How often it has connected. */
  connections(): number;
}

function follow(url: string, options: { token?: string; file?: string } = {}): Follower {
  const child = spawn(pythonWithSocketIo() ?? 'python3', [EXAMPLE, ...(options.file ? [options.file] : [])], {
    env: { ...inheritedEnv(), ATRIUM: url, ATRIUM_TOKEN: options.token ?? token, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard: string[] = [];
  const said: string[] = [];
  createInterface(child.stdout).on('line', (line) => heard.push((JSON.parse(line) as { content: string }).content));
  createInterface(child.stderr).on('line', (line) => said.push(line));
  return { heard, said, process: child, connections: () => said.filter((line) => line === 'Connected').length };
}

const connected = (follower: Follower, times: number) =>
  vi.waitFor(() => expect(follower.connections(), follower.said.join('\n')).toBeGreaterThanOrEqual(times), 30_000);
/** Everything once, in this order, and nothing after it. */
const hears = async (follower: Follower, wanted: readonly string[]) => {
  await vi.waitFor(
    () => expect(follower.heard.length, follower.said.join('\n')).toBeGreaterThanOrEqual(wanted.length),
    {
      timeout: 30_000,
      interval: 50,
    },
  );
  expect(follower.heard).toEqual(wanted);
};

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const proxied = (): Promise<LinkProxy> => startProxy(serverPort, onTestFinished);

/** Starts, and waits until it hears what is said from now on. */
async function followLive(proxy: LinkProxy, options: { file?: string } = {}): Promise<Follower> {
  const follower = follow(proxy.url, options);
  await connected(follower, 1);
  return follower;
}

async function temporaryFile(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atrium-python-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return path.join(directory, 'positions.json');
}

describe('the example in Python', () => {
  it('hears each message once and in order while its connection is cut again and again', async () => {
    const proxy = await proxied();
    const follower = await followLive(proxy);
    const wanted = numbered('Row', 300);
    for (const [at, content] of wanted.entries()) {
      if (at % 75 === 40) {
        const before = follower.connections();
        proxy.cut();
        // Half of what follows is said while nobody listens, half when they are back.
        await sayAll([content]);
        if (at % 150 === 40) await connected(follower, before + 1);
      } else await say(content);
    }
    await hears(follower, wanted);
    expect(follower.connections()).toBeGreaterThanOrEqual(4);
  });

  it('catches up on more than one page after an absence, and on what was joined meanwhile', async () => {
    const proxy = await proxied();
    const follower = await followLive(proxy);
    proxy.retarget(await deadPort());
    proxy.cut();
    const wanted = numbered('Bed', 700);
    await sayAll(wanted);
    const { id: workspaceId } = await nora.call('workspaces.create', { name: 'Orchard' });
    const orchard = await channel(workspaceId);
    await say('The plums are ripe', orchard.id);
    proxy.retarget(serverPort);
    await connected(follower, 2);
    await vi.waitFor(() => expect(follower.heard).toHaveLength(701), { timeout: 30_000, interval: 50 });
    expect(follower.heard.filter((content) => content.startsWith('Bed'))).toEqual(wanted);
    expect(follower.heard.filter((content) => !content.startsWith('Bed'))).toEqual(['The plums are ripe']);
    await say('And still here', orchard.id);
    await vi.waitFor(() => expect(follower.heard.at(-1)).toBe('And still here'));
  });

  it('goes on after its own death where it was', async () => {
    const proxy = await proxied();
    const file = await temporaryFile();
    const first = await followLive(proxy, { file });
    await sayAll(numbered('Before', 20));
    await hears(first, numbered('Before', 20));
    // What was printed last is kept a moment later.
    await vi.waitFor(() => expect(proxy.open).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 500));
    first.process.kill('SIGKILL');
    await once(first.process, 'close');
    await sayAll(numbered('Away', 20));
    const second = follow(proxy.url, { file });
    await connected(second, 1);
    await hears(second, numbered('Away', 20));
    await say('Back');
    await hears(second, [...numbered('Away', 20), 'Back']);
  });

  it('is used as its guide says', async () => {
    const text = await readFile(GUIDE, 'utf8');
    const steps = stepsOf(text).filter(({ commands }) => !commands.startsWith('apt-get'));
    const folder = path.dirname(pythonWithSocketIo() ?? '');
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, ATRIUM: `http://127.0.0.1:${serverPort}` };
    const outputs = await runSteps(steps, { cwd: ROOT, env });
    expect(outputs).toEqual(steps.map(({ expected }) => expected));
  });

  it('ends with the reason when its token is refused', async () => {
    const proxy = await proxied();
    const follower = follow(proxy.url, { token: 'atr_nothing' });
    const [code] = await once(follower.process, 'close');
    expect(code).toBe(1);
    expect(follower.said).toEqual(['The token is not valid']);
  });
});
