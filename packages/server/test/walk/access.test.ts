import { operations, type Problem } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checkpoint, checkpoint } from './checkpoint.ts';
import { inputs } from './inputs.ts';
import { type Role, type Row, roles, rows, strangersToAll } from './table.ts';
import { type Outcome, rest, socket, type Transport } from './transports.ts';
import { type WalkCaller, type WalkWorld, walkWorld } from './world.ts';

const ID_KEYS = ['workspaceId', 'conversationId', 'userId', 'toUserId', 'sessionId', 'tokenId', 'messageId'];
const byName = new Map(operations.map((operation) => [operation.name, operation]));

let world: WalkWorld;
let start: Checkpoint;
let byRest: Transport;
let bySocket: ReturnType<typeof socket>;

const letUnverified = (may: 'nothing' | 'read') =>
  world.app.database.pool.query('update instance_setting set unverified_may = $1', [may]);

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
function told({ problem }: Outcome): Omit<Problem, 'requestId'> | undefined {
  const { requestId: _, ...rest } = problem ?? {};
  return problem && (rest as Problem);
}

const endsSessions = (name: string) => name.startsWith('auth.logout') || name === 'users.delete';

/** One cell by one transport: as expected, without a trace where it is refused or only reads. */
async function cell(transport: Transport, row: Row, caller: WalkCaller, may: 'nothing' | 'read'): Promise<Outcome> {
  const operation = byName.get(row.operation)!;
  const outcome = await transport.call(caller, operation, inputs[row.title]!(world, caller));
  // Their sockets are about to be cut; the next call needs one that lasts.
  if (endsSessions(row.operation) && outcome.problem === undefined) bySocket.close(caller.token);
  const own = may === 'read' ? ['instance_setting'] : [];
  const changed = (await start.changed()).filter((table) => !own.includes(table));
  if (changed.length === 0) return outcome;
  await start.restore(changed);
  if (may === 'read') await letUnverified('read');
  const where = `${transport.name}: ${row.title}: ${changed.join(', ')}`;
  expect(outcome.problem?.code, `${where} was refused and still changed something`).toBeUndefined();
  expect(operation.method, `${where} reads and still changed something`).not.toBe('GET');
  return outcome;
}

/** What is not visible looks like what does not exist. */
async function compareWithNothing(row: Row, caller: WalkCaller, outcome: Outcome): Promise<void> {
  const input = inputs[row.title]!(world, caller);
  for (const key of ID_KEYS.filter((each) => each in input)) {
    const elsewhere = { ...input, [key]: crypto.randomUUID() };
    const nothing = await byRest.call(caller, byName.get(row.operation)!, elsewhere);
    expect(told(nothing), `${row.title}: ${key} at random`).toEqual(told(outcome));
  }
}

async function walk(row: Row, role: Role, caller: WalkCaller, refusedAs = row.expected[role]): Promise<string[]> {
  const may = role === 'unverifiedReader' ? 'read' : 'nothing';
  const expected = row.expected[role];
  const faults: string[] = [];
  const outcomes: Outcome[] = [];
  for (const [transport, wanted] of [
    [byRest, expected],
    [bySocket, refusedAs],
  ] as const) {
    const outcome = await cell(transport, row, caller, may);
    const symbol = symbolOf(outcome);
    if (symbol !== wanted) faults.push(`${role} by ${transport.name}: ${symbol} instead of ${wanted}`);
    // What the socket says is compared with this below.
    if (symbol === '404' && transport === byRest) await compareWithNothing(row, caller, outcome);
    outcomes.push(outcome);
  }
  if (expected === refusedAs) expect(told(outcomes[0]!), `${role}: REST and socket agree`).toEqual(told(outcomes[1]!));
  return faults;
}

it('has a row for every operation, and nothing else', () => {
  expect([...new Set(rows.map(({ operation }) => operation))].sort()).toEqual([...byName.keys()].sort());
  expect(rows.map(({ title }) => title).sort()).toEqual(Object.keys(inputs).sort());
});

/** And whoever calls as them is let in anew, or not. */
async function letThem(may: 'nothing' | 'read'): Promise<void> {
  await letUnverified(may);
  bySocket.close(world.callers.unverified.token);
}

describe.each(rows)('$title', (row) => {
  it('is for whom the table says', async () => {
    const faults: string[] = [];
    for (const name of strangersToAll) {
      // A socket is only for those who are signed in.
      faults.push(...(await walk(row, 'nobody', world.callers[name], '401')).map((fault) => `${name}: ${fault}`));
    }
    for (const role of roles) {
      if (role === 'nobody') continue;
      if (role === 'unverifiedReader') await letThem('read');
      // Who may do nothing gets no connection either.
      const refusedAs = role === 'unverified' ? 'unv' : row.expected[role];
      faults.push(...(await walk(row, role, world.callers[role], refusedAs)));
      if (role === 'unverifiedReader') await letThem('nothing');
    }
    expect(faults).toEqual([]);
  });
});

it('refuses ids that are none, whoever asks', async () => {
  for (const row of rows) {
    const operation = byName.get(row.operation)!;
    for (const caller of [world.callers.stranger, world.callers.manager]) {
      const input = inputs[row.title]!(world, caller);
      for (const key of ID_KEYS.filter((each) => each in input)) {
        for (const transport of [byRest, bySocket]) {
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
  const careless: Transport = {
    name: 'REST',
    async call(...call) {
      await world.app.database.pool.query("update workspace set name = 'Oops' where id = $1", [world.w.id]);
      return byRest.call(...call);
    },
  };
  await expect(cell(careless, row, world.callers.stranger, 'nothing')).rejects.toThrow(/still changed something/);
});
