import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { recordSocket } from './socket.ts';

let server: TestApp;
let url: string;
/** Where backups would be stored: their series exist only then. */
let backups: string;

beforeAll(async () => {
  backups = await mkdtemp(path.join(tmpdir(), 'atrium-metrics-'));
  const stored = { BACKUP_TO: backups, BACKUP_PASSPHRASE: 'a passphrase of this test' };
  server = await testApp({ env: { METRICS_TOKEN: 'a-token-of-this-test', ...stored } });
  url = await server.listen();
});
afterAll(async () => {
  await server.close();
  await rm(backups, { recursive: true, force: true });
});

const scrape = (headers: Record<string, string> = {}) =>
  fetch(`${url}/metrics`, { headers: { authorization: 'Bearer a-token-of-this-test', ...headers } });

/** The value of a series, by its name with labels. */
async function read(series: string): Promise<number> {
  const line = (await (await scrape()).text()).split('\n').find((text) => text.startsWith(`${series} `));
  return Number(line?.split(' ').at(-1));
}

/** The metrics that a file names. @param file relative to the repository */
function namedIn(file: string): Set<string> {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  return new Set(text.match(/\b(?:atrium|nodejs|process)_[a-z0-9_]+\b(?![.=(])/g));
}

describe('/metrics', () => {
  it('counts operations of both transports, requests by route template, connections and writes', async () => {
    const ann = await server.person('Ann');
    const workspace = await ann.call('workspaces.create', { name: 'Garden' });
    const conversation = await ann.call('conversations.create', {
      kind: 'channel',
      workspaceId: workspace.id,
      name: 'roses',
    });
    const get = (path: string) =>
      fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${ann.accessToken}` } });
    await get(`/conversations/${conversation.id}`);
    await get('/conversations/00000000-0000-7000-8000-000000000000');
    await get('/no/such/route');
    const socket = await recordSocket(url, ann.accessToken);
    try {
      const sent = { conversationId: conversation.id, content: 'Hello', clientMessageId: crypto.randomUUID() };
      await socket.call('messages.send', sent);
      const route = 'method="GET",route="/api/v1/conversations/:conversationId"';
      expect(await read(`atrium_http_request_duration_seconds_count{${route},status="200"}`)).toBe(1);
      expect(await read(`atrium_http_request_duration_seconds_count{${route},status="404"}`)).toBe(1);
      const unmatched = 'method="GET",route="unmatched",status="404"';
      expect(await read(`atrium_http_request_duration_seconds_count{${unmatched}}`)).toBe(1);
      const send = 'operation="messages.send",transport="socket",outcome="ok"';
      expect(await read(`atrium_operation_duration_seconds_count{${send}}`)).toBe(1);
      const refused = 'operation="conversations.get",transport="rest",outcome="refused"';
      expect(await read(`atrium_operation_duration_seconds_count{${refused}}`)).toBe(1);
      expect(await read('atrium_messages_written_total')).toBe(1);
      expect(await read('atrium_socket_connections')).toBe(1);
      expect(await read('atrium_timers_running')).toBe(0);
      expect(await read('atrium_database_size_bytes')).toBeGreaterThan(1_000_000);
      expect(await read('atrium_jobs{state="failed"}')).toBe(0);
    } finally {
      socket.close();
    }
  });

  it('follows the naming rules of Prometheus', async () => {
    const text = await (await scrape()).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
    expect(types.length).toBeGreaterThan(30);
    for (const { name, type } of types) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S.*$`, 'm'));
    }
    expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
  });

  it.each(['deploy/monitoring/alerts.yaml', 'deploy/monitoring/grafana-dashboard.json'])(
    'has every series that %s uses',
    async (file) => {
      const named = namedIn(file);
      const types = (await (await scrape()).text()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
      const series = [...types].flatMap(([, name = '', type]) =>
        type === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${name}_${part}`) : [name],
      );
      expect(named.size).toBeGreaterThan(5);
      expect([...named].filter((name) => !series.includes(name))).toEqual([]);
    },
  );

  it('has every metric of the guide, each of which the alerts or the dashboard use', async () => {
    const named = namedIn('docs/operations.md');
    const types = (await (await scrape()).text()).matchAll(/^# TYPE (\S+) /gm);
    const metrics = new Set([...types].map(([, name]) => name));
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !metrics.has(name))).toEqual([]);
    const used = ['alerts.yaml', 'grafana-dashboard.json'].flatMap((file) => [...namedIn(`deploy/monitoring/${file}`)]);
    expect([...named].filter((name) => !used.some((series) => series.startsWith(name)))).toEqual([]);
  });

  it('requires the token', async () => {
    const missing = await fetch(`${url}/metrics`);
    expect(missing.status).toBe(401);
    expect(await missing.json()).toMatchObject({ code: 'unauthenticated' });
    expect((await scrape({ authorization: 'Bearer another-token-than-that' })).status).toBe(401);
    expect((await scrape()).headers.get('content-type')).toContain('text/plain; version=0.0.4');
  });
});

describe('/metrics without a token', () => {
  it('is available on this machine, but not through a proxy', async () => {
    const plain = await testApp();
    try {
      const address = await plain.listen();
      expect((await fetch(`${address}/metrics`)).status).toBe(200);
      const forwarded = await fetch(`${address}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
      expect(forwarded.status).toBe(404);
    } finally {
      await plain.close();
    }
  });

  it('is not available if others can reach the server', async () => {
    const open = await testApp({ isPublic: true });
    try {
      expect((await fetch(`${await open.listen()}/metrics`)).status).toBe(404);
    } finally {
      await open.close();
    }
  });
});
