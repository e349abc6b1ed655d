import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import { defineJob, type QueuedJob } from '../jobs/index.ts';
import type { CommittedEvent } from '../stream/index.ts';
import { readEvents } from '../stream/store.ts';
import { createTransact, type Transact } from './transact.ts';
import type { Listeners } from './work.ts';

const stream = 'workspace:test';
const member = { workspaceId: 'test', userId: 'ann' };
const greet = defineJob('test.greet', z.strictObject({ userId: z.string() }));

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query('create table note (text text not null)');
});
afterAll(() => database?.close());

let published: CommittedEvent[];
let jobs: QueuedJob[];
let listeners: Listeners[];
let transact: Transact;
beforeEach(async () => {
  await database.pool.query('delete from note; delete from event; delete from stream');
  published = [];
  jobs = [];
  listeners = [];
  transact = createTransact({
    database,
    hub: { committed: (events) => void published.push(...events) },
    jobs: { addJobs: async (_tx, queued) => void jobs.push(...queued) },
    listeners: () => listeners,
  });
});

const notes = async () =>
  (await database.pool.query('select text from note order by text')).rows.map(({ text }) => text);
const written = () => readEvents(database.db, stream, 0, 100);

describe('transact', () => {
  it('commits rows, events and jobs together, then notifies the readers', async () => {
    const before = await database.now();
    const answer = await transact({ actorId: null }, async ({ tx, now, actorId, append, enqueue }) => {
      await sql`insert into note (text) values ('one')`.execute(tx);
      append(stream, 'workspace:left', { workspaceId: 'test' });
      enqueue(greet, { userId: 'ann' });
      expect(published).toEqual([]);
      expect(actorId).toBeNull();
      expect(now.getTime()).toBeGreaterThanOrEqual(before.getTime());
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await notes()).toEqual(['one']);
    expect(jobs).toEqual([{ job: greet, data: { userId: 'ann' } }]);
    expect(published).toEqual(await written());
    expect(published).toHaveLength(1);
  });

  it('rolls everything back when the work throws', async () => {
    const failing = transact({ actorId: null }, async ({ tx, append, enqueue }) => {
      await sql`insert into note (text) values ('lost')`.execute(tx);
      append(stream, 'workspace:left', { workspaceId: 'test' });
      enqueue(greet, { userId: 'ann' });
      throw new Error('Rolled back');
    });
    await expect(failing).rejects.toThrow('Rolled back');
    expect([await notes(), await written(), published, jobs]).toEqual([[], [], [], []]);
  });

  it('writes for several users at once, each in their own name', async () => {
    const [ann, ben] = ['a', 'b'].map((digit) => `${digit.repeat(8)}-0000-7000-8000-000000000000`);
    await transact({ actorId: null }, (work) => {
      for (const actorId of [ann!, ben!]) work.as(actorId).append(stream, 'workspace:left', { workspaceId: 'test' });
      work.append(stream, 'workspace:left', { workspaceId: 'test' });
    });
    expect((await written()).map(({ actorId }) => actorId)).toEqual([ann, ben, null]);
  });

  it('is retried after a deadlock, without what an earlier attempt had collected', async () => {
    let attempts = 0;
    await transact({ actorId: null }, async ({ tx, append }) => {
      attempts += 1;
      append(stream, 'workspace:left', { workspaceId: `attempt ${attempts}` });
      if (attempts === 1) await sql`do $$ begin raise sqlstate '40P01'; end $$`.execute(tx);
    });
    expect(attempts).toBe(2);
    expect((await written()).map(({ body }) => body)).toEqual([{ workspaceId: 'attempt 2' }]);
  });
});

describe('tell', () => {
  it('calls listeners one after the other, in the order of the modules, in the same transaction', async () => {
    const heard: string[] = [];
    const listen = (name: string): Listeners => ({
      async 'workspace:memberRemoved'({ tx, append }, { userId }) {
        heard.push(`${name} begins`);
        await sql`insert into note (text) values (${`${name} ${userId}`})`.execute(tx);
        append(stream, 'workspace:left', { workspaceId: name });
        heard.push(`${name} ends`);
      },
    });
    listeners = [listen('first'), {}, listen('second')];
    await transact({ actorId: null }, (work) => work.tell('workspace:memberRemoved', member));
    expect(heard).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(await notes()).toEqual(['first ann', 'second ann']);
    expect((await written()).map(({ body }) => body.workspaceId)).toEqual(['first', 'second']);
  });

  it('lets a listener call further hooks, with the same work', async () => {
    const roles: WorkspaceRole[] = [];
    listeners = [
      { 'workspace:memberJoined': (_work, { role }) => void roles.push(role) },
      {
        'workspace:memberRemoved': (work, left) => work.tell('workspace:memberJoined', { ...left, role: 'guest' }),
      },
    ];
    await transact({ actorId: null }, (work) => work.tell('workspace:memberRemoved', member));
    expect(roles).toEqual(['guest']);
  });

  it('rolls back the whole transaction when a listener rejects', async () => {
    listeners = [{ 'workspace:memberRemoved': () => Promise.reject(new Error('refused')) }];
    const refused = transact({ actorId: null }, async (work) => {
      await sql`insert into note (text) values ('lost')`.execute(work.tx);
      await work.tell('workspace:memberRemoved', member);
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await notes()).toEqual([]);
  });
});
