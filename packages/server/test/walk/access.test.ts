import { isDeepStrictEqual } from 'node:util';
import { type Operation, operations, type Problem } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { missing } from '../collect.ts';
import { type Checkpoint, checkpoint } from './checkpoint.ts';
import type { WalkCaller } from './define.ts';
import { type Role, roles, unauthenticatedCallers } from './roles.ts';
import { type Row, rows, titleFaults } from './rows.ts';
import { type Outcome, rest, socket, type Transport } from './transports.ts';
import { type WalkWorld, walkWorld } from './world.ts';

const byName = new Map(operations.map((operation) => [operation.name, operation]));

/** The inputs of an operation that are ids, according to its schema. */
function idKeysOf({ input }: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { format?: string }>;
  };
  return Object.entries(properties).flatMap(([key, { format }]) => (format === 'uuid' ? [key] : []));
}

let world: WalkWorld;
let start: Checkpoint;
let byRest: Transport;
let bySocket: ReturnType<typeof socket>;

beforeAll(async () => {
  world = await walkWorld();
  byRest = rest(world);
  bySocket = socket(world);
  start = await checkpoint(world.app.database.pool);
});

afterAll(async () => {
  bySocket?.close();
  await world?.close();
});

/** The outcome as written in the table. */
function symbolOf({ problem }: Outcome): string {
  if (problem === undefined) return 'ok';
  // A wrong code is different from a missing session.
  if (problem.status === 401 && problem.code !== 'challenge_failed') return '401';
  const symbols: Record<string, string> = { not_found: '404', forbidden: '403', unverified_email: 'unv' };
  return symbols[problem.code] ?? problem.code;
}

/** The answer without the id of the request. */
function toldOf({ problem }: Outcome): Omit<Problem, 'requestId'> | undefined {
  const { requestId: _, ...rest } = problem ?? {};
  return problem && (rest as Problem);
}

/** Whether a call must not change anything. */
const isQuiet = (row: Row, isDone: boolean) => !isDone || byName.get(row.operation)!.method === 'GET';

const endsSessions = (name: string) => name.startsWith('auth.logout') || name === 'users.delete';

/** Restores what has changed. Returns the changed tables. */
async function putBack(): Promise<string[]> {
  const changed = await start.changed();
  if (changed.length > 0) await start.restore(changed);
  return changed;
}

/** A call that was refused, or only read, has no effect. */
async function expectNoTrace(who: string): Promise<void> {
  const changed = await putBack();
  expect(changed, `${who} was refused or only read, and still changed something`).toEqual([]);
}

/** One cell over one transport; its changes are reverted. */
async function cell(transport: Transport, row: Row, caller: WalkCaller): Promise<Outcome> {
  const outcome = await transport.call(caller, byName.get(row.operation)!, world.inputFor(row, caller));
  // Their sockets are about to be closed; the next call needs one that lasts.
  if (endsSessions(row.operation) && outcome.problem === undefined) bySocket.close(caller.token);
  if (!isQuiet(row, outcome.problem === undefined)) await putBack();
  return outcome;
}

/** What is not visible looks like what does not exist. */
async function compareWithNothing(row: Row, caller: WalkCaller, outcome: Outcome): Promise<void> {
  const input = world.inputFor(row, caller);
  for (const key of idKeysOf(byName.get(row.operation)!).filter((each) => each in input)) {
    const elsewhere = { ...input, [key]: crypto.randomUUID() };
    const nothing = await byRest.call(caller, byName.get(row.operation)!, elsewhere);
    expect(toldOf(nothing), `${row.title}: ${key} at random`).toEqual(toldOf(outcome));
  }
}

/** A caller of a role over one transport, and the expected outcome. */
interface Try {
  who: string;
  caller: WalkCaller;
  transport: Transport;
  expected: string;
}

function triesOf(row: Row, role: Role): Try[] {
  const expected = row.expected[role];
  const hasFiles = byName.get(row.operation)!.files === true;
  const byBoth = (who: string, caller: WalkCaller, refused: string): Try[] => [
    { who, caller, transport: byRest, expected },
    // Files cannot be sent over the socket.
    ...(hasFiles ? [] : [{ who, caller, transport: bySocket, expected: refused }]),
  ];
  // A socket needs a session, and users who may do nothing get none either.
  if (role === 'nobody') return unauthenticatedCallers.flatMap((who) => byBoth(who, world.callers[who], '401'));
  return byBoth(role, world.callers[role], role === 'unverified' ? 'unv' : expected);
}

/** Each permitted caller makes the call once, over REST and the socket in turn; over both if there is only one. */
function inTurn(tries: readonly Try[]): Try[] {
  const runners = [...new Set(tries.map(({ who }) => who))];
  const isAlone = ({ who }: Try) => tries.filter((other) => other.who === who).length === 1;
  return tries.filter((each) => {
    const turn = runners.indexOf(each.who) % 2 === 0 ? byRest : bySocket;
    return runners.length === 1 || isAlone(each) || each.transport === turn;
  });
}

/** An attempt with its result. */
interface Tried extends Try {
  symbol: string;
  told: ReturnType<typeof toldOf>;
}

async function attempt(row: Row, one: Try): Promise<Tried> {
  const outcome = await cell(one.transport, row, one.caller);
  const symbol = symbolOf(outcome);
  // The socket's answer is compared with that of REST.
  if (symbol === '404' && one.transport === byRest) await compareWithNothing(row, one.caller, outcome);
  return { ...one, symbol, told: toldOf(outcome) };
}

/** Makes the call of a row as some roles. Returns the differences from the table. */
async function walk(row: Row, as: readonly Role[]): Promise<string[]> {
  const tries = as.flatMap((role) => triesOf(row, role));
  const quiet = tries.filter(({ expected }) => isQuiet(row, expected === 'ok'));
  // Calls that change nothing do not affect each other.
  const tried = await Promise.all(quiet.map((one) => attempt(row, one)));
  if (quiet.length > 0) await expectNoTrace(`${row.title}: one of ${as.join(', ')}`);
  for (const one of inTurn(tries.filter((each) => !quiet.includes(each)))) tried.push(await attempt(row, one));
  return [...tried.flatMap(surprise), ...disagreements(tried)];
}

function surprise({ who, transport, symbol, expected }: Tried): string[] {
  return symbol === expected ? [] : [`${who} by ${transport.name}: ${symbol} instead of ${expected}`];
}

/** REST and the socket give the same answer. */
function disagreements(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ who, transport, expected, told }) => {
    if (transport !== bySocket) return [];
    const other = tried.find((one) => one.who === who && one.transport === byRest);
    if (other === undefined || other.expected !== expected || isDeepStrictEqual(other.told, told)) return [];
    return [`${who}: ${JSON.stringify(other.told)} by REST and ${JSON.stringify(told)} by the socket`];
  });
}

it('has a row for every operation, and nothing else', () => {
  expect(missing([...byName.keys()], rows, 'walk')).toEqual([]);
  expect(rows.map(({ operation }) => operation).filter((name) => !byName.has(name))).toEqual([]);
  expect(titleFaults()).toEqual([]);
});

it.each(rows)('$title is permitted as in the table', async (row) => {
  const others = roles.filter((role) => role !== 'unverifiedReader');
  expect(await walk(row, others), row.file).toEqual([]);
});

describe('if users with an unverified address may read', () => {
  /** Whether they can connect again. */
  async function letThem(may: 'nothing' | 'read'): Promise<void> {
    await world.app.database.pool.query('update instance_setting set unverified_may = $1', [may]);
    bySocket.close(world.callers.unverified.token);
    start = await checkpoint(world.app.database.pool);
  }
  beforeAll(() => letThem('read'));
  afterAll(() => letThem('nothing'));

  it.each(rows)('$title is permitted for them as in the table', async (row) => {
    expect(await walk(row, ['unverifiedReader']), row.file).toEqual([]);
  });
});

it('refuses invalid ids, for every caller', async () => {
  for (const row of rows) {
    const operation = byName.get(row.operation)!;
    const { instanceAdmin, manager, stranger } = world.callers;
    // Callers who are not administrators are refused before the input is validated.
    for (const caller of operation.access === 'instance:admin' ? [instanceAdmin] : [stranger, manager]) {
      const input = world.inputFor(row, caller);
      for (const key of idKeysOf(operation).filter((each) => each in input)) {
        for (const transport of operation.files === true ? [byRest] : [byRest, bySocket]) {
          const outcome = await transport.call(caller, operation, { ...input, [key]: 'no-uuid' });
          expect(outcome.problem?.status, `${row.title}: ${key}`).toBe(400);
        }
      }
    }
  }
  expect(await start.changed()).toEqual([]);
});

it('detects a refusal with an effect', async () => {
  const row = rows.find(({ title }) => title === 'workspaces.get')!;
  const careful = byRest;
  byRest = {
    name: 'REST',
    async call(...call) {
      await world.app.database.pool.query("update workspace set name = 'Oops' where id = $1", [world.w.id]);
      return careful.call(...call);
    },
  };
  await expect(walk(row, ['stranger'])).rejects.toThrow(/still changed something/);
  byRest = careful;
  expect(await walk(row, ['stranger'])).toEqual([]);
});
