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

/** The inputs of an operation that are ids, as its schema says. */
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

/** As the table writes it. */
function symbolOf({ problem }: Outcome): string {
  if (problem === undefined) return 'ok';
  // A code that was wrong is another matter than nobody being signed in.
  if (problem.status === 401 && problem.code !== 'challenge_failed') return '401';
  const symbols: Record<string, string> = { not_found: '404', forbidden: '403', unverified_email: 'unv' };
  return symbols[problem.code] ?? problem.code;
}

/** What is told, but for the number of the request. */
function toldOf({ problem }: Outcome): Omit<Problem, 'requestId'> | undefined {
  const { requestId: _, ...rest } = problem ?? {};
  return problem && (rest as Problem);
}

/** Whether a call must not change anything. */
const isQuiet = (row: Row, isDone: boolean) => !isDone || byName.get(row.operation)!.method === 'GET';

const endsSessions = (name: string) => name.startsWith('auth.logout') || name === 'users.delete';

/** Puts back what has changed. Returns which tables that were. */
async function putBack(): Promise<string[]> {
  const changed = await start.changed();
  if (changed.length > 0) await start.restore(changed);
  return changed;
}

/** Whoever was refused, or only read, leaves no trace. */
async function expectNoTrace(who: string): Promise<void> {
  const changed = await putBack();
  expect(changed, `${who} was refused or only read, and still changed something`).toEqual([]);
}

/** One cell by one transport; what it changes is put back. */
async function cell(transport: Transport, row: Row, caller: WalkCaller): Promise<Outcome> {
  const outcome = await transport.call(caller, byName.get(row.operation)!, world.inputFor(row, caller));
  // Their sockets are about to be cut; the next call needs one that lasts.
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

/** Someone of a role by one transport, and what they are to be told. */
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
    // Files do not go over the socket.
    ...(hasFiles ? [] : [{ who, caller, transport: bySocket, expected: refused }]),
  ];
  // A socket is only for those who are signed in, and who may do nothing gets none either.
  if (role === 'nobody') return unauthenticatedCallers.flatMap((who) => byBoth(who, world.callers[who], '401'));
  return byBoth(role, world.callers[role], role === 'unverified' ? 'unv' : expected);
}

/** What may be done is done once by each, by REST and by the socket in turn; by both where only one may. */
function inTurn(tries: readonly Try[]): Try[] {
  const runners = [...new Set(tries.map(({ who }) => who))];
  const isAlone = ({ who }: Try) => tries.filter((other) => other.who === who).length === 1;
  return tries.filter((each) => {
    const turn = runners.indexOf(each.who) % 2 === 0 ? byRest : bySocket;
    return runners.length === 1 || isAlone(each) || each.transport === turn;
  });
}

/** A try with what came of it. */
interface Tried extends Try {
  symbol: string;
  told: ReturnType<typeof toldOf>;
}

async function attempt(row: Row, one: Try): Promise<Tried> {
  const outcome = await cell(one.transport, row, one.caller);
  const symbol = symbolOf(outcome);
  // What the socket says is compared with what REST says.
  if (symbol === '404' && one.transport === byRest) await compareWithNothing(row, one.caller, outcome);
  return { ...one, symbol, told: toldOf(outcome) };
}

/** Does a row as some roles. Returns what is not as the table says. */
async function walk(row: Row, as: readonly Role[]): Promise<string[]> {
  const tries = as.flatMap((role) => triesOf(row, role));
  const quiet = tries.filter(({ expected }) => isQuiet(row, expected === 'ok'));
  // Those who change nothing are not in each other's way.
  const tried = await Promise.all(quiet.map((one) => attempt(row, one)));
  if (quiet.length > 0) await expectNoTrace(`${row.title}: one of ${as.join(', ')}`);
  for (const one of inTurn(tries.filter((each) => !quiet.includes(each)))) tried.push(await attempt(row, one));
  return [...tried.flatMap(surprise), ...disagreements(tried)];
}

function surprise({ who, transport, symbol, expected }: Tried): string[] {
  return symbol === expected ? [] : [`${who} by ${transport.name}: ${symbol} instead of ${expected}`];
}

/** REST and the socket say the same in the same words. */
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

it.each(rows)('$title is for whom the table says', async (row) => {
  const others = roles.filter((role) => role !== 'unverifiedReader');
  expect(await walk(row, others)).toEqual([]);
});

describe('where those whose address is not verified may read', () => {
  /** Whoever calls as them is let in anew, or not. */
  async function letThem(may: 'nothing' | 'read'): Promise<void> {
    await world.app.database.pool.query('update instance_setting set unverified_may = $1', [may]);
    bySocket.close(world.callers.unverified.token);
    start = await checkpoint(world.app.database.pool);
  }
  beforeAll(() => letThem('read'));
  afterAll(() => letThem('nothing'));

  it.each(rows)('$title is for them what the table says', async (row) => {
    expect(await walk(row, ['unverifiedReader'])).toEqual([]);
  });
});

it('refuses ids that are none, whoever asks', async () => {
  for (const row of rows) {
    const operation = byName.get(row.operation)!;
    const { instanceAdmin, manager, stranger } = world.callers;
    // Whoever does not run the instance is refused before the input is looked at.
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

it('would notice a refusal that leaves something behind', async () => {
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
