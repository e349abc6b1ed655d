import { setTimeout as sleep } from 'node:timers/promises';
import { isCommand, operations } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessHolds, commandsWithoutHold } from '../../src/platform/module/index.ts';
import type { Person } from '../app.ts';
import { type Checkpoint, checkpoint } from '../walk/checkpoint.ts';
import type { WalkCaller } from '../walk/define.ts';
import type { Role } from '../walk/roles.ts';
import { type Row, rows } from '../walk/rows.ts';
import { type Outcome, rest, type Transport } from '../walk/transports.ts';
import { type WalkWorld, walkWorld } from '../walk/world.ts';
import { waiting, waitLonger, watched } from './lock-waits.ts';

/** After this time a command that waits for a lock has reached it; the loss is no longer delayed. */
const WAITS_FOR_LOCK_MS = 3_000;
/** How often the database is asked who waits: asking all the time takes the time of what is waited for. */
const LOOK_EVERY_MS = 3;

const byName = new Map(operations.map((operation) => [operation.name, operation]));

let world: WalkWorld;
/** API tokens with all scopes, by owner. */
const programs = new Map<string, { secret: string; id: string }>();
let start: Checkpoint;
let transport: Transport;
beforeAll(async () => {
  world = await walkWorld();
  transport = rest(world);
  const { rows: before } = await world.app.database.pool.query(
    "update account set role = 'admin' where id = $1 returning id",
    [world.people.owner.userId],
  );
  expect(before).toHaveLength(1);
  for (const role of [...inWorkspace, 'stranger'] as const) {
    const { userId } = world.callers[role];
    const made = await world.people[role].call('tokens.create', { name: 'Program', scopes: ['read', 'write'] });
    programs.set(userId, made);
  }
  await waitLonger(world.app.database.pool);
  start = await checkpoint(world.app.database.pool);
});
afterAll(() => world?.close());

/** A way in which a user loses a right. */
interface Loss {
  title: string;
  /** Commands with these access rules. */
  of: RegExp;
  /** The users who can lose it, for whom the command is permitted. */
  who: readonly Role[];
  /** The session or account itself is lost, not a right to an object. */
  ofCallers?: true;
  /** The subject of the command does not matter: one row of each is enough, except for those written in groups. */
  perCommand?: true;
  /** How the caller authenticates; undefined: with their access token. */
  as?(caller: WalkCaller): WalkCaller;
  /** Undefined: this row has no object of that kind. */
  lose(row: Row, caller: WalkCaller): Promise<(() => Promise<unknown>) | undefined>;
}

const inWorkspace = ['insider', 'manager', 'admin', 'member', 'guest', 'customer'] as const;
const person = (caller: WalkCaller): Person =>
  Object.values(world.people).find(({ userId }) => userId === caller.userId) as Person;

async function idOf(query: string, value: unknown): Promise<string | undefined> {
  if (typeof value !== 'string') return undefined;
  return (await world.app.database.pool.query<{ id: string }>(query, [value])).rows[0]?.id;
}

async function conversationOf(row: Row, caller: WalkCaller): Promise<string | undefined> {
  const { conversationId, messageId } = world.inputFor(row, caller);
  if (typeof conversationId === 'string') return conversationId;
  return idOf('select conversation_id as id from message where id = $1', messageId);
}

async function taskOf(row: Row, caller: WalkCaller): Promise<string | undefined> {
  const { taskId, entryId } = world.inputFor(row, caller);
  return typeof taskId === 'string' ? taskId : idOf('select task_id as id from time_entry where id = $1', entryId);
}

const roleTaken = (role: 'member' | 'guest'): Loss['lose'] => {
  return async (_row, { userId }) =>
    () =>
      world.people.owner.call('members.update', { workspaceId: world.w.id, userId, role });
};

const losses: readonly Loss[] = [
  {
    title: 'removed from the workspace',
    of: /^(workspace|conversation|message|task|timeEntry|product):/,
    who: inWorkspace,
    lose:
      async (_row, { userId }) =>
      () =>
        world.people.owner.call('members.remove', { workspaceId: world.w.id, userId }),
  },
  {
    title: 'having left the workspace',
    // The same is removed as for the ones above, by another command.
    perCommand: true,
    of: /^(workspace|conversation|message|task|timeEntry|product):/,
    who: inWorkspace,
    lose: async (_row, caller) => () => person(caller).call('workspaces.leave', { workspaceId: world.w.id }),
  },
  {
    title: 'no longer an admin of the workspace',
    of: /^(workspace|conversation|message|task|timeEntry|product):/,
    who: ['admin'],
    lose: roleTaken('member'),
  },
  {
    title: 'made a guest of the workspace',
    of: /^(workspace|conversation|message|task|timeEntry|product):/,
    who: ['insider', 'member', 'manager'],
    lose: roleTaken('guest'),
  },
  {
    title: 'removed from the conversation',
    of: /^(conversation|message):/,
    who: ['insider'],
    async lose(row, caller) {
      const conversationId = await conversationOf(row, caller);
      if (conversationId !== world.w.channel) return undefined;
      return () => world.people.manager.call('conversations.removeMember', { conversationId, userId: caller.userId });
    },
  },
  {
    title: 'having left the conversation',
    of: /^(conversation|message):/,
    who: ['manager'],
    async lose(row, caller) {
      const conversationId = await conversationOf(row, caller);
      if (conversationId !== world.w.channel) return undefined;
      return () => person(caller).call('conversations.removeMember', { conversationId, userId: caller.userId });
    },
  },
  {
    title: 'in a conversation that was archived',
    of: /^(conversation|message):/,
    who: ['insider', 'manager', 'member'],
    async lose(row, caller) {
      const conversationId = await conversationOf(row, caller);
      if (conversationId !== world.w.channel && conversationId !== world.w.open) return undefined;
      return () => world.people.manager.call('conversations.update', { conversationId, archived: true });
    },
  },
  {
    title: 'taken off the task',
    of: /^(task|timeEntry):/,
    who: ['insider', 'guest'],
    async lose(row, caller) {
      const taskId = await taskOf(row, caller);
      if (taskId === undefined || !(await isOnTask(taskId, caller.userId))) return undefined;
      return () => world.people.manager.call('tasks.removeMember', { taskId, userId: caller.userId });
    },
  },
  {
    title: 'without an account any more',
    perCommand: true,
    of: /^user$|:/,
    who: [...inWorkspace, 'stranger'],
    lose:
      async (_row, { userId }) =>
      () =>
        world.people.instanceAdmin.call('adminUsers.delete', { userId }),
  },
  {
    title: 'with an account that was disabled',
    ofCallers: true,
    perCommand: true,
    of: /^user$|:/,
    who: [...inWorkspace, 'stranger'],
    lose:
      async (_row, { userId }) =>
      () =>
        world.people.instanceAdmin.call('adminUsers.update', { userId, disabled: true }),
  },
  {
    title: 'signed out',
    ofCallers: true,
    perCommand: true,
    of: /^user$|:/,
    who: [...inWorkspace, 'stranger'],
    async lose(_row, caller) {
      const { actor } = person(caller);
      const elsewhere = world.app.as({ ...actor, sessionId: caller.otherSessionId });
      return () => elsewhere('auth.revokeSession', { sessionId: actor.sessionId });
    },
  },
  {
    title: 'with an API token that was revoked',
    ofCallers: true,
    perCommand: true,
    of: /^user$|:/,
    who: [...inWorkspace, 'stranger'],
    as: (caller) => ({ ...caller, token: programs.get(caller.userId)?.secret }),
    async lose(_row, caller) {
      const tokenId = programs.get(caller.userId)?.id ?? '';
      return () => person(caller).call('tokens.revoke', { tokenId });
    },
  },
  {
    title: 'no longer an administrator of the instance',
    of: /^instance:admin$/,
    who: ['instanceAdmin'],
    async lose(_row, { userId }) {
      const other = world.app.as({ ...world.people.owner.actor, role: 'admin' });
      return () => other('adminUsers.update', { userId, role: 'user' });
    },
  },
];

async function isOnTask(taskId: string, userId: string): Promise<boolean> {
  const { pool } = world.app.database;
  const query = 'select from task_member where task_id = $1 and account_id = $2';
  return (await pool.query(query, [taskId, userId])).rows.length > 0;
}

const isOk = ({ problem }: Outcome) => problem === undefined;

async function putBack(): Promise<void> {
  await start.restore(await start.changed());
}

/** The answer of a command for users who lost the right before the call. */
async function afterwards(row: Row, caller: WalkCaller, lose: () => Promise<unknown>): Promise<Outcome> {
  const input = world.inputFor(row, caller);
  await lose();
  const outcome = await transport.call(caller, byName.get(row.operation)!, input);
  await putBack();
  return outcome;
}

/**
 * Removes the right, delaying its last statement, and calls the command meanwhile: the transaction that removes the
 * right has its locks by then, and what the command reads without a lock is the earlier state.
 * @returns what is wrong
 */
async function race(row: Row, caller: WalkCaller, lose: () => Promise<unknown>): Promise<string | undefined> {
  const { pool } = world.app.database;
  const input = world.inputFor(row, caller);
  const conversationId = await conversationOf(row, caller);
  const holder = await pool.connect();
  let early = false;
  let outcome: Outcome;
  try {
    await holder.query('begin');
    const streams = [`user:${caller.userId}`, `workspace:${world.w.id}`, `conversation:${conversationId}`];
    await holder.query('select from stream where name = any($1) order by name for update', [streams]);
    const loss = watched(lose());
    while ((await waiting(holder)) < 1) {
      if (loss.settled()) throw new Error(`Nothing held up the loss: ${await loss.promise.then(String, String)}`);
      await sleep(LOOK_EVERY_MS);
    }
    const attempt = watched(transport.call(caller, byName.get(row.operation)!, input));
    // A command that waits for something other than a lock continues when the loss commits.
    const until = performance.now() + WAITS_FOR_LOCK_MS;
    while (!attempt.settled() && (await waiting(holder)) < 2 && performance.now() < until) await sleep(LOOK_EVERY_MS);
    early = attempt.settled();
    await holder.query('rollback');
    await loss.promise;
    outcome = await attempt.promise;
  } finally {
    await holder.query('rollback');
    holder.release();
    await putBack();
  }
  if (!isOk(outcome)) {
    const { code, status } = outcome.problem as { code: string; status: number };
    return status >= 500 ? `was answered with ${code}` : undefined;
  }
  const refused = await afterwards(row, caller, lose);
  // Users who have another right to do it have lost nothing.
  if (isOk(refused)) return undefined;
  return early
    ? 'did not wait for the transaction that removes the right'
    : 'succeeded behind the lock, without the right';
}

/** Commands that store nothing: their events are volatile. */
const PASSING = /^(typing|counters|doctor)\.|^timers\.(join|leave)$|^notifications\.view$/;
const isRaced = (name: string) => !PASSING.test(name);
/** Written in groups, for many users at once, by one of several writers: which one depends on the input. */
const GROUPED = /^(messages\.(send|ack)|commands\.run)$/;

interface Case {
  row: Row;
  loss: Loss;
  role: Role;
}

const cases: readonly Case[] = losses.flatMap((loss) =>
  rows.flatMap((row, at) => {
    const operation = byName.get(row.operation);
    if (operation === undefined || !isCommand(operation) || !loss.of.test(operation.access)) return [];
    const isOneOfMany = loss.perCommand && !GROUPED.test(row.operation);
    if (isOneOfMany && rows.findIndex((other) => other.operation === row.operation) < at) return [];
    const role = loss.who.find((each) => row.expected[each] === 'ok');
    return role === undefined ? [] : [{ row, loss, role }];
  }),
);

/** @returns undefined if the row is not affected by the loss */
async function faultsOf({ row, loss, role }: Case): Promise<string[] | undefined> {
  const known = world.callers[role as keyof WalkWorld['callers']];
  const caller = loss.as?.(known) ?? known;
  const lose = await loss.lose(row, caller);
  if (lose === undefined) return undefined;
  const fault = await race(row, caller, lose);
  return fault === undefined ? [] : [`${row.title} by the ${role}: ${fault}`];
}

describe('S50 no command succeeds if its caller lost the right before its lock', () => {
  it.each(losses)('S50 $title', { timeout: 300_000 }, async (loss) => {
    const faults: string[] = [];
    let raced = 0;
    for (const each of cases.filter((one) => one.loss === loss && isRaced(one.row.operation))) {
      const found = await faultsOf(each);
      if (found === undefined) continue;
      faults.push(...found);
      raced += 1;
    }
    expect(faults).toEqual([]);
    expect(raced).toBeGreaterThan(0);
  });

  it('S50 every command locks what its access rule depends on', () => {
    const { executor, modules } = world.app.app;
    const holds: AccessHolds = Object.assign({}, ...modules.map((module) => module.holds));
    const where = '`holds` in index.ts (or module.ts) of the module in packages/server/src/modules';
    expect(commandsWithoutHold(holds, executor.operations.values()), where).toEqual([]);
    expect(commandsWithoutHold({}, executor.operations.values())).not.toEqual([]);
  });

  it('S50 has no deadlocks', async () => {
    const { pool } = world.app.database;
    // Every connection reports its counts within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const { rows: seen } = await pool.query(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(seen).toEqual([{ deadlocks: 0 }]);
  });

  it('S50 detects a command that decides from an earlier read', async () => {
    const crippled = ['pins.add', 'webhooks.update', 'labels.create', 'reactions.add', 'products.update'];
    const { operations: implementations } = world.app.app.executor;
    const removal = losses[0];
    for (const name of crippled) {
      const implementation = implementations.get(name)!;
      implementation.lock = 'itself';
      const one = cases.find(({ row, loss }) => row.title === name && loss === removal)!;
      expect(await faultsOf(one), name).toHaveLength(1);
      delete implementation.lock;
    }
  });

  it('S50 detects writers of groups that do not check their callers again', async () => {
    const { pool } = world.app.database;
    const { rows: functions } = await pool.query<{ source: string }>(
      "select pg_get_functiondef('hold_callers'::regproc) as source",
    );
    const [{ source }] = functions as [{ source: string }];
    await pool.query(`${source.split('AS $')[0]} as 'begin return; end'`);
    try {
      for (const loss of losses.filter(({ ofCallers }) => ofCallers)) {
        for (const each of cases.filter(({ row, loss: its }) => its === loss && GROUPED.test(row.operation))) {
          expect(await faultsOf(each), `${each.row.title}, ${loss.title}`).toHaveLength(1);
        }
      }
    } finally {
      await pool.query(source);
    }
  });

  it('S50 detects a command that does not check its caller again', async () => {
    const { operations: implementations } = world.app.app.executor;
    for (const loss of losses.filter(({ ofCallers }) => ofCallers)) {
      for (const name of ['pins.add', 'labels.create', 'users.updateMe']) {
        const implementation = implementations.get(name)!;
        implementation.caller = 'itself';
        const one = cases.find((each) => each.row.title === name && each.loss === loss)!;
        expect(await faultsOf(one), `${name}, ${loss.title}`).toHaveLength(1);
        delete implementation.caller;
      }
    }
  });
});
