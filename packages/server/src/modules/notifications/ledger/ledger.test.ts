import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import type { Work } from '../../../platform/module/index.ts';
import { type DeliveryHandler, type DeliveryOutcome, handlerKey } from './handler.ts';
import { retryDelayMs } from './ladder.ts';
import { planDeliveries, replanDeliveries, withdrawDeliveries } from './plan.ts';
import type { PlannedDelivery } from './plan-store.ts';
import { beginSending, claimDue, dueQuery, pruneDeliveries } from './sweep-store.ts';
import { type SweeperDeps, sweepDeliveries } from './sweeper.ts';
import type { DeliveryRow } from './tables.ts';

const HOUR_MS = 3_600_000;
const SENT: DeliveryOutcome = { state: 'sent' };

let app: TestApp;
let ann: Person;
let subject: string;
beforeAll(async () => {
  // Its own sweeper would claim some of the deliveries that are planned here, and has no handler for them.
  app = await testApp({ background: false });
  ann = await app.person('Ann');
  await app.database.pool.query('create table effect (delivery uuid not null)');
});
afterAll(() => app?.close());
beforeEach(async () => {
  subject = randomUUID();
  await app.database.pool.query('delete from delivery');
  await app.database.pool.query('delete from effect');
});

const inMs = (ms: number) => new Date(Date.now() + ms);

const planned = (over: Partial<PlannedDelivery> = {}): PlannedDelivery => ({
  kind: 'test',
  subject,
  accountId: ann.userId,
  occurrence: '1',
  channel: 'app',
  dueAt: inMs(-1_000),
  usefulUntil: inMs(HOUR_MS),
  ...over,
});

const plan = (...wanted: PlannedDelivery[]) =>
  app.app.transact({ actorId: null }, (work) => planDeliveries(work, wanted));

async function ledger(): Promise<DeliveryRow[]> {
  return (await app.database.pool.query('select * from delivery order by occurrence')).rows;
}
const states = async () => (await ledger()).map(({ state }) => state);
const effects = async () => (await app.database.pool.query('select delivery from effect')).rows.length;

/** The dependencies of a separate node with these handlers. */
function node(...handlers: DeliveryHandler[]): SweeperDeps {
  const byKey = new Map(handlers.map((handler) => [handlerKey(handler), handler]));
  return {
    clock: { steadyNow: () => new Date() },
    database: app.database,
    handlers: () => byKey,
    log: { warn: () => undefined },
    transact: app.app.transact,
  };
}

/** Has its effect in the database. */
const writing = (outcome: DeliveryOutcome = SENT): DeliveryHandler => ({
  kind: 'test',
  channel: 'app',
  async write({ tx }, { id }) {
    await tx
      .insertInto('effect' as never)
      .values({ delivery: id } as never)
      .execute();
    return outcome;
  },
});

/** Has its effect elsewhere. */
function sending(
  send: (delivery: DeliveryRow) => Promise<DeliveryOutcome>,
  interrupted: 'again' | 'unknown' = 'again',
) {
  return { kind: 'test', channel: 'push', interrupted, send } satisfies DeliveryHandler;
}

describe('planning', () => {
  it('writes each delivery once, and moves it while it is planned', async () => {
    const [first, later] = [inMs(HOUR_MS), inMs(2 * HOUR_MS)];
    await plan(planned({ dueAt: first, usefulUntil: inMs(9 * HOUR_MS) }));
    await plan(
      planned({ dueAt: first, usefulUntil: inMs(9 * HOUR_MS) }),
      planned({ occurrence: '2', dueAt: later, usefulUntil: later }),
    );
    await plan(planned({ dueAt: later, usefulUntil: inMs(9 * HOUR_MS) }));
    expect(await ledger()).toMatchObject([
      { occurrence: '1', state: 'planned', due_at: later, next_at: later },
      { occurrence: '2', state: 'planned', due_at: later },
    ]);
  });

  it('is rolled back with the transaction', async () => {
    const failing = app.app.transact({ actorId: null }, async (work) => {
      await planDeliveries(work, [planned()]);
      throw new Error('Rolled back');
    });
    await expect(failing).rejects.toThrow('Rolled back');
    expect(await ledger()).toEqual([]);
  });

  it('replaces planned deliveries of one kind and subject, and sends a restored one only once', async () => {
    const wanted = (occurrence: string) => {
      const { kind: _kind, subject: _subject, ...rest } = planned({ occurrence });
      return rest;
    };
    const replan = (...occurrences: string[]) =>
      app.app.transact({ actorId: null }, (work) =>
        replanDeliveries(work, { subject, kind: 'test', wanted: occurrences.map(wanted), reason: 'moved' }),
      );
    await replan('15:00');
    await replan('16:00');
    expect(await ledger()).toMatchObject([
      { occurrence: '15:00', state: 'withdrawn', reason: 'moved' },
      { occurrence: '16:00', state: 'planned' },
    ]);
    await replan('15:00');
    expect(await states()).toEqual(['planned', 'withdrawn']);
    await sweepDeliveries(node(writing()));
    await replan('16:00');
    await replan('15:00');
    await sweepDeliveries(node(writing()));
    expect(await states()).toEqual(['sent', 'withdrawn']);
    expect(await effects()).toBe(1);
  });

  it('withdraws by subject, kind, person and channel', async () => {
    await plan(planned(), planned({ channel: 'push' }), planned({ kind: 'other' }), planned({ subject: randomUUID() }));
    const withdraw = (filter: object) =>
      app.app.transact({ actorId: null }, (work) =>
        withdrawDeliveries(work, { subjects: [subject], ...filter }, 'read'),
      );
    expect(await withdraw({ channels: ['push', 'mail'] })).toBe(1);
    expect(await withdraw({ accountIds: [randomUUID()] })).toBe(0);
    expect(await withdraw({ kinds: ['test'] })).toBe(1);
    expect(await withdraw({})).toBe(1);
    expect((await states()).filter((state) => state === 'planned')).toHaveLength(1);
  });
});

describe('F30 a delivery planned by a change', () => {
  /** Closes the connection of a transaction, as the crash of its node does. */
  const die = async ({ tx }: Work) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await app.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  };

  it('does not exist before the change is committed, nor if its node crashes before that', async () => {
    await app.app.transact({ actorId: null }, async (work) => {
      await planDeliveries(work, [planned()]);
      expect(await sweepDeliveries(node(writing()))).toBe(0);
    });
    await sweepDeliveries(node(writing()));
    expect(await effects(), 'after the commit').toBe(1);
    const dying = app.app.transact({ actorId: null }, async (work) => {
      await planDeliveries(work, [planned({ occurrence: '2' })]);
      await die(work);
    });
    await expect(dying).rejects.toThrow();
    await sweepDeliveries(node(writing()));
    expect(await states()).toEqual(['sent']);
    expect(await effects()).toBe(1);
  });

  it('is made once if the node crashes after the effect and before its mark; twin: a separate effect happens twice', async () => {
    const dying = (effect: (work: Work, id: string) => Promise<unknown>): DeliveryHandler => ({
      kind: 'test',
      channel: 'app',
      async write(work, { id, attempts }) {
        await effect(work, id);
        if (attempts === 1) await die(work);
        return SENT;
      },
    });
    const twice = async (handler: DeliveryHandler) => {
      await plan(planned({ subject: randomUUID() }));
      await sweepDeliveries(node(handler));
      await app.database.pool.query('update delivery set next_at = now()');
      await sweepDeliveries(node(handler));
      expect(new Set(await states())).toEqual(new Set(['sent']));
    };
    await twice(dying(({ tx }, id) => sql`insert into effect values (${id})`.execute(tx)));
    expect(await effects()).toBe(1);
    await twice(dying((_work, id) => app.database.pool.query('insert into effect values ($1)', [id])));
    expect(await effects(), 'twin').toBe(1 + 2);
  });
});

describe('the sweep', () => {
  it('delivers what is due by the clock of the database, once, on any number of nodes', async () => {
    await plan(...Array.from({ length: 120 }, (_, n) => planned({ occurrence: `${n}` })));
    await plan(planned({ occurrence: 'later', dueAt: inMs(HOUR_MS) }));
    // Wrong clocks of nodes have no effect.
    const wrong = (ms: number): SweeperDeps => ({ ...node(writing()), clock: { steadyNow: () => inMs(ms) } });
    await Promise.all([
      sweepDeliveries(wrong(-60_000)),
      sweepDeliveries(wrong(60_000)),
      sweepDeliveries(node(writing())),
    ]);
    expect(await effects()).toBe(120);
    expect(new Set(await states())).toEqual(new Set(['sent', 'planned']));
    expect(await sweepDeliveries(node(writing()))).toBe(0);
  });

  it('would deliver twice without claims: the twin', async () => {
    await plan(...Array.from({ length: 30 }, (_, n) => planned({ occurrence: `${n}` })));
    const read = async () => {
      const due = await ledger();
      await Promise.all(due.map(({ id }) => app.database.pool.query('insert into effect values ($1)', [id])));
    };
    await Promise.all([read(), read()]);
    expect(await effects()).toBe(60);
  });

  it('rolls back the effect of a delivery that was withdrawn in the meantime', async () => {
    await plan(planned());
    const slow: DeliveryHandler = {
      kind: 'test',
      channel: 'app',
      async write({ tx }, { id }) {
        await app.app.transact({ actorId: null }, (work) => withdrawDeliveries(work, { subjects: [subject] }, 'read'));
        await tx
          .insertInto('effect' as never)
          .values({ delivery: id } as never)
          .execute();
        return SENT;
      },
    };
    await sweepDeliveries(node(slow));
    expect(await ledger()).toMatchObject([{ state: 'withdrawn', reason: 'read' }]);
    expect(await effects()).toBe(0);
  });

  it('marks a delivery as sent that was withdrawn while it was being sent', async () => {
    await plan(planned({ channel: 'push' }));
    const withdraw = () =>
      app.app.transact({ actorId: null }, (work) => withdrawDeliveries(work, { subjects: [subject] }, 'read'));
    await sweepDeliveries(node(sending(() => withdraw().then(() => SENT))));
    expect(await ledger()).toMatchObject([{ state: 'sent', reason: 'withdrawn while it was sent' }]);
  });

  it.each([
    ['again', 'planned'],
    ['unknown', 'unknown'],
  ] as const)(
    'after a crash of its node, a delivery that was being sent is %s according to its kind, the rest is sent',
    async (interrupted, state) => {
      await plan(planned({ channel: 'push' }), planned({ channel: 'push', occurrence: '2' }));
      const [begun] = await claimDue(app.database.db, {
        claim: randomUUID(),
        leaseMs: 60_000,
        limit: 10,
        steadyNow: new Date(),
      });
      const lease = { leaseMs: 60_000, steadyNow: new Date() };
      expect(await beginSending(app.database.db, begun!, lease)).toBe(true);
      const sent: string[] = [];
      const other = node(
        sending(async ({ id }) => {
          sent.push(id);
          return SENT;
        }, interrupted),
      );
      await sweepDeliveries(other);
      expect(sent, 'the claims still hold').toEqual([]);
      await app.database.pool.query("update delivery set claimed_until = now() - interval '1 second'");
      await sweepDeliveries(other);
      expect(sent).toHaveLength(interrupted === 'again' ? 2 : 1);
      const after = (await ledger()).find(({ id }) => id === begun?.id);
      expect(after?.state).toBe(state === 'planned' ? 'sent' : 'unknown');
      expect(await beginSending(app.database.db, begun!, lease), 'the dead node comes back').toBe(false);
    },
  );

  it('retries with the ladder of delays while it is useful, and stores the reason', async () => {
    await plan(planned({ usefulUntil: inMs(25_000) }));
    const refusing = node({
      ...writing(),
      write: () => Promise.reject(new Error('451 come back later')),
    } as DeliveryHandler);
    await sweepDeliveries(refusing);
    const [once] = await ledger();
    expect(once).toMatchObject({ state: 'planned', attempts: 1, reason: '451 come back later' });
    expect(Math.abs(once!.next_at.getTime() - Date.now() - 10_000)).toBeLessThan(3_000);
    await app.database.pool.query('update delivery set next_at = now()');
    await sweepDeliveries(refusing);
    expect(await ledger()).toMatchObject([{ state: 'failed', attempts: 2, reason: '451 come back later' }]);
    expect([1, 2, 3, 4, 5, 9].map((attempts) => retryDelayMs(attempts) / 1_000)).toEqual([
      10, 30, 300, 1_800, 7_200, 7_200,
    ]);
  });

  it('waits for as long as the receiver says', async () => {
    await plan(planned({ channel: 'push' }));
    await sweepDeliveries(node(sending(async () => ({ state: 'retry', reason: '429', afterMs: 120_000 }))));
    const [row] = await ledger();
    expect(Math.abs(row!.next_at.getTime() - Date.now() - 120_000)).toBeLessThan(3_000);
  });

  it('does not send what is no longer useful, and leaves unknown kinds to newer nodes', async () => {
    await plan(
      planned({ dueAt: inMs(-HOUR_MS), usefulUntil: inMs(-1_000) }),
      planned({ kind: 'newer', occurrence: '2' }),
    );
    await sweepDeliveries(node(writing()));
    expect(await ledger()).toMatchObject([
      { state: 'failed', reason: 'too late to be of use' },
      { state: 'planned', reason: 'this node does not deliver newer by app' },
    ]);
    expect(await effects()).toBe(0);
  });

  it('finds by index that nothing is due, however much is planned', async () => {
    await app.database.pool.query(
      `insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
       select gen_random_uuid(), $1, 'test', $2, n::text, 'app', at, at, at + interval '1 day'
       from generate_series(1, 50000) n, lateral (select now() + n * interval '1 minute' + interval '1 hour') t (at)`,
      [ann.userId, subject],
    );
    await app.database.pool.query('analyze delivery');
    const { sql: statement, parameters } = dueQuery(50, new Date()).compile(app.database.db);
    const { rows } = await app.database.pool.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers) ${statement}`,
      [...parameters],
    );
    const text = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan using delivery_due');
    expect(Number(/shared hit=(\d+)/.exec(text)?.[1])).toBeLessThan(20);
  });

  it('deletes old settled deliveries', async () => {
    await plan(planned(), planned({ occurrence: '2' }));
    await sweepDeliveries(node(writing()));
    await app.database.pool.query("update delivery set settled_at = now() - interval '31 days' where occurrence = '1'");
    expect(await pruneDeliveries(app.database.db, 30, 10)).toBe(1);
    expect(await ledger()).toMatchObject([{ occurrence: '2' }]);
  });
});
