import { accessRules, operations, scopeOf } from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOutBecause, toolNameOf } from '../../src/platform/mcp/index.ts';
import type { WalkCaller } from './define.ts';
import { type Row, rows } from './rows.ts';
import { type Outcome, rest, type Transport } from './transports.ts';
import { type WalkWorld, walkWorld } from './world.ts';

const byName = new Map(operations.map((operation) => [operation.name, operation]));
const askers = ['stranger', 'neighbour', 'guest', 'customer', 'member'] as const;

/** Rows of tools, each with the refused roles: they change nothing. */
const refused = rows.flatMap((row) => {
  const operation = byName.get(row.operation)!;
  if (leftOutBecause(operation) !== undefined) return [];
  const who = askers.filter((role) => row.expected[role] !== 'ok');
  return who.length === 0 ? [] : [{ title: row.title, row, operation, who }];
});

let world: WalkWorld;
let byRest: Transport;
const tokens = new Map<string, string>();

beforeAll(async () => {
  world = await walkWorld();
  byRest = rest(world);
  for (const role of askers) {
    const scopes = ['read', 'write', 'admin'] as const;
    const made = await world.people[role].call('tokens.create', { name: 'Assistant', scopes: [...scopes] });
    tokens.set(role, made.secret);
  }
});
afterAll(() => world?.close());

/** Calls a tool as a user. */
async function byMcp(caller: WalkCaller, row: Row, input: Record<string, unknown>): Promise<Outcome> {
  const params = { name: toolNameOf({ name: row.operation }), arguments: input };
  const { body } = await world.app.app.http.inject({
    method: 'POST',
    url: '/mcp',
    payload: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    headers: { accept: 'application/json, text/event-stream', authorization: `Bearer ${caller.token}` },
  });
  const { result } = JSON.parse(/^data: (.*)$/m.exec(body)?.[1] ?? body);
  const data = JSON.parse(result.content[0].text);
  return result.isError === true ? { problem: data } : { data };
}

/** The answer without the id of the request. */
function toldOf({ problem }: Outcome) {
  const { requestId: _, ...told } = problem ?? {};
  return problem && told;
}

// Tools receive no files.
it('tries every access rule that refuses somebody with a token', () => {
  const tried = new Set(refused.map(({ operation }) => operation.access));
  const guarded = new Set(operations.filter((each) => scopeOf(each) !== undefined).map(({ access }) => access));
  expect([...guarded].filter((rule) => !tried.has(rule)).sort()).toEqual(['attachment:uploader', 'public']);
  expect(Object.keys(accessRules)).toEqual(expect.arrayContaining([...tried]));
});

it.each(refused)('$title is refused as over REST', async ({ row, operation, who }) => {
  for (const role of who) {
    const caller = { ...world.callers[role], token: tokens.get(role) };
    const input = world.inputFor(row, caller);
    const told = toldOf(await byRest.call(caller, operation, input));
    expect(told, role).toBeDefined();
    expect(toldOf(await byMcp(caller, row, input)), role).toEqual(told);
  }
});
