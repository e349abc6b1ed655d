import { randomUUID } from 'node:crypto';
import type { Scope } from '@atrium/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toolNameOf } from '../src/platform/mcp/index.ts';
import { type Person, type TestApp, testApp } from './app.ts';
import { connectMcp, type McpClient } from './mcp-client.ts';

let app: TestApp;
let url: string;
let nora: Person;
const open: McpClient[] = [];
beforeAll(async () => {
  app = await testApp();
  url = (await app.listen()).replace(/\/$/, '');
  nora = await app.person('Nora');
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});
afterAll(() => app.close());

const tokenWith = (scopes: Scope[]) => nora.call('tokens.create', { name: 'Assistant', scopes });
async function connect(scopes: Scope[], mode?: 'legacy' | 'auto'): Promise<McpClient> {
  const client = await connectMcp(url, (await tokenWith(scopes)).secret, mode);
  open.push(client);
  return client;
}
/** Sends a message without the SDK. */
const post = (body: unknown, headers: Record<string, string> = {}) =>
  app.app.http.inject({
    method: 'POST',
    url: '/mcp',
    payload: body as object,
    headers: { accept: 'application/json, text/event-stream', ...headers },
  });
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe.each(['legacy', 'auto'] as const)('an assistant (%s)', (mode) => {
  it('reads conversations, creates tasks and starts timers with the rights of a user', async () => {
    const assistant = await connect(['read', 'write'], mode);
    expect(assistant.client.getServerVersion()).toMatchObject({ name: 'atrium' });
    expect(await assistant.ask('users_me')).toMatchObject({ id: nora.userId, name: 'Nora' });
    const workspace = await nora.call('workspaces.create', { name: 'Quarry' });
    const channel = await nora.call('conversations.create', {
      workspaceId: workspace.id,
      kind: 'channel',
      name: 'blasts',
    });
    const message = { conversationId: channel.id, content: 'Fire at noon', clientMessageId: randomUUID() };
    await assistant.ask('messages_send', message);
    const { items } = await assistant.ask<{ items: { content: string }[] }>('messages_list', {
      conversationId: channel.id,
    });
    expect(items.at(-1)).toMatchObject({ content: 'Fire at noon' });
    const task = await assistant.ask<{ id: string }>('tasks_create', { title: 'Clear the road' });
    await assistant.ask('timers_start', { taskId: task.id });
    const { items: running } = await nora.call('timers.mine', {});
    expect(running.map(({ taskId }) => taskId)).toContain(task.id);
  });
});

describe('the list of tools', () => {
  const namesOf = async ({ client }: McpClient) => (await client.listTools()).tools.map(({ name }) => name);

  it('has those that the scopes of the token allow', async () => {
    const reading = await namesOf(await connect(['read']));
    expect(reading).toContain('tasks_list');
    expect(reading).not.toContain('tasks_create');
    const writing = await namesOf(await connect(['read', 'write']));
    expect(writing).toEqual(expect.arrayContaining([...reading, 'tasks_create', 'timers_start']));
    expect(writing).not.toContain('workspaces_invite');
    expect(await namesOf(await connect(['admin']))).toContain('workspaces_invite');
    expect(writing).not.toContain(toolNameOf({ name: 'tokens.create' }));
  });

  it('has their hints', async () => {
    const { tools } = await (await connect(['read', 'write'])).client.listTools();
    const hints = (name: string) => tools.find((tool) => tool.name === name)?.annotations;
    expect(hints('tasks_list')).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(hints('tasks_create')).toMatchObject({ readOnlyHint: false, destructiveHint: false });
    expect(hints('tasks_delete')).toMatchObject({ readOnlyHint: false, destructiveHint: true });
  });
});

describe('a call', () => {
  it('is refused without the scope, as over REST', async () => {
    const assistant = await connect(['read']);
    expect(await assistant.refused('tasks_create', { title: 'No' })).toMatchObject({
      code: 'scope_missing',
      detail: 'The token needs the scope "write".',
    });
  });

  it('is refused with every fault of its arguments', async () => {
    const assistant = await connect(['write']);
    const { code, errors } = await assistant.refused('tasks_create', { titel: 'No' });
    expect(code).toBe('invalid_input');
    expect(errors?.map(({ path }) => path).sort()).toEqual(['titel', 'title']);
  });

  it('takes effect once with its key, also together with REST', async () => {
    const { secret: token } = await tokenWith(['read', 'write']);
    const assistant = await connectMcp(url, token);
    open.push(assistant);
    const input = { title: 'Once' };
    const first = await assistant.ask('tasks_create', { ...input, idempotencyKey: 'once' });
    expect(await assistant.ask('tasks_create', { ...input, idempotencyKey: 'once' })).toEqual(first);
    const byRest = await app.app.http.inject({
      method: 'POST',
      url: '/api/v1/tasks',
      payload: input,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'once' },
    });
    expect(byRest.json()).toEqual(first);
    expect(await assistant.refused('tasks_create', { ...input, idempotencyKey: '' })).toMatchObject({
      errors: [{ path: 'idempotencyKey' }],
    });
  });

  it.each(['auth_login', 'tokens_create', 'attachments_upload', 'no_such'])('of %s finds no tool', async (name) => {
    const assistant = await connect(['read', 'write', 'admin']);
    await expect(assistant.call(name)).rejects.toMatchObject({ code: -32602 });
  });

  it('is truncated if it is too long, and says how to read the rest', async () => {
    const assistant = await connect(['read', 'write']);
    const { id: taskId } = await nora.call('tasks.create', { title: 'Much to say' });
    for (let at = 0; at < 60; at += 1) {
      await nora.call('taskComments.add', { taskId, content: `${at} ${'words '.repeat(300)}` });
    }
    const input = { taskId, limit: 60 };
    const { texts } = await assistant.call('taskComments_list', input);
    const [text = '', note = ''] = texts;
    const cut = JSON.parse(text);
    expect(text.length).toBeLessThanOrEqual(40_000);
    expect(note).toContain('Cut to 40000 characters');
    const limit = Number(/"limit": (\d+)/.exec(note)?.[1]);
    expect(cut.items).toHaveLength(limit);
    expect(cut).not.toHaveProperty('nextCursor');
    const page = await assistant.ask<{ items: { id: string }[]; nextCursor: string }>('taskComments_list', {
      ...input,
      limit,
    });
    expect(page.items.map(({ id }) => id)).toEqual(cut.items.map(({ id }: { id: string }) => id));
    expect(page.nextCursor).toEqual(expect.any(String));
  });
});

describe('the endpoint', () => {
  it.each(['legacy', 'auto'] as const)('requires a valid token (%s)', async (mode) => {
    const { secret: token, id } = await tokenWith(['read']);
    await (await connectMcp(url, token, mode)).close();
    await nora.call('tokens.revoke', { tokenId: id });
    for (const bad of [undefined, 'nonsense', token]) await expect(connectMcp(url, bad, mode)).rejects.toThrow();
  });

  it('gives the reason for a refusal', async () => {
    const { secret: token, id } = await tokenWith(['read']);
    const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
    expect((await post(LIST, bearer(token))).statusCode).toBe(200);
    await nora.call('tokens.revoke', { tokenId: id });
    for (const [headers, code] of [
      [{}, 'unauthenticated'],
      [{ cookie: `atrium_access=${nora.accessToken}` }, 'unauthenticated'],
      [bearer('nonsense'), 'invalid_token'],
      [bearer(token), 'invalid_token'],
      [bearer(nora.accessToken), 'invalid_token'],
    ] as const) {
      const answer = await post(LIST, headers);
      expect(answer.json()).toMatchObject({ status: 401, code });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('refuses pages of other origins, and batches', async () => {
    const { secret: token } = await tokenWith(['read']);
    const authorization = `Bearer ${token}`;
    const foreign = await post(LIST, { authorization, origin: 'https://evil.example' });
    expect(foreign.json()).toMatchObject({ status: 403, code: 'origin_refused' });
    expect((await post([LIST, LIST], { authorization })).json()).toMatchObject({ status: 400, code: 'invalid_input' });
  });

  it('limits bodies, keeps no session and opens no stream', async () => {
    const { secret: token } = await tokenWith(['read']);
    const authorization = `Bearer ${token}`;
    const large = await post({ ...LIST, params: { cursor: 'x'.repeat(1_100_000) } }, { authorization });
    expect(large.json()).toMatchObject({ status: 413, code: 'payload_too_large' });
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await app.app.http.inject({ method, url: '/mcp', headers: { authorization } });
      expect(answer.statusCode).toBe(405);
    }
    const about = { protocolVersion: '2026-07-28', clientInfo: { name: 'test', version: '1' }, clientCapabilities: {} };
    const _meta = Object.fromEntries(
      Object.entries(about).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]),
    );
    const listen = { ...LIST, method: 'subscriptions/listen', params: { notifications: {}, _meta } };
    const refused = await post(listen, {
      authorization,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': listen.method,
    });
    expect(refused.body).toMatch(/limit reached/);
    const answer = await post(LIST, { authorization });
    expect(answer.headers).not.toHaveProperty('mcp-session-id');
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

it('counts calls and lists like REST', async () => {
  const limited = await testApp({ limits: true, env: { LIMIT_USER: '5/60' } });
  const address = (await limited.listen()).replace(/\/$/, '');
  const otto = await limited.person('Otto');
  const { secret: token } = await otto.call('tokens.create', { name: 'Assistant', scopes: ['read'] });
  const codes: (string | undefined)[] = [];
  for (let at = 0; at < 8; at += 1) {
    const params = { name: 'users_me', arguments: {} };
    const answer = await limited.app.http.inject({
      method: 'POST',
      url: '/mcp',
      payload: { jsonrpc: '2.0', id: at, method: 'tools/call', params },
      headers: { accept: 'application/json, text/event-stream', authorization: `Bearer ${token}` },
    });
    codes.push(/rate_limited/.exec(answer.body)?.[0]);
  }
  expect(codes.at(-1)).toBe('rate_limited');
  await expect(connectMcp(address, token)).rejects.toThrow(/rate_limited|429|Too many/i);
  await limited.close();
});
