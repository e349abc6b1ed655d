import { contract } from '@atrium/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import { windowQuery } from '../rows/message-store.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;
/** Positions of the messages: other events of the stream leave gaps between them. */
let seqs: number[];

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  const { conversations } = team.member.api;
  conversationId = (await conversations.create({ workspaceId: team.id, kind: 'channel', name: 'History' })).id;
  seqs = [];
  for (let at = 0; at < 24; at += 1) {
    seqs.push((await world.say(conversationId, team.member, `Message ${at}`)).seq);
    if (at % 5 === 0) await conversations.update({ conversationId, topic: `Topic ${at}` });
  }
});
afterAll(() => world.close());

const list = (query: { limit?: number; before?: number; after?: number; around?: number }) =>
  team.admin.api.messages.list({ conversationId, ...query });

describe('the history', () => {
  it('starts at the end, oldest first, and returns the head of the stream', async () => {
    const page = await list({ limit: 5 });
    expect(page.items.map(({ seq }) => seq)).toEqual(seqs.slice(-5));
    expect(page.items.at(-1)).toMatchObject({ content: 'Message 23', senderId: team.member.userId, type: 'text' });
    expect(page).toMatchObject({ moreBefore: true, moreAfter: false, asOf: seqs.at(-1) });
    expect(contract.messages.list.output.parse(page)).toEqual(page);
  });

  it('equals a plain list, wherever it starts', async () => {
    const position = fc.integer({ min: 0, max: 40 });
    const start = fc.oneof(
      fc.record({ before: position }),
      fc.record({ after: position }),
      fc.record({ around: position }),
    );
    await fc.assert(
      fc.asyncProperty(start, fc.integer({ min: 1, max: 30 }), async (from, limit) => {
        const page = await list({ ...from, limit });
        const older = (end: number) => seqs.filter((seq) => seq < end);
        const newer = (begin: number) => seqs.filter((seq) => seq >= begin);
        const half = Math.floor(limit / 2);
        const expected =
          'before' in from
            ? older(from.before).slice(-limit)
            : 'after' in from
              ? newer(from.after + 1).slice(0, limit)
              : [...(half > 0 ? older(from.around).slice(-half) : []), ...newer(from.around).slice(0, limit - half)];
        expect(page.items.map(({ seq }) => seq)).toEqual(expected);
        const [first] = expected;
        if (first !== undefined) {
          expect(page.moreBefore).toBe(first !== seqs[0]);
          expect(page.moreAfter).toBe(expected.at(-1) !== seqs.at(-1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('can be read in both directions without loss or repetition', async () => {
    const back: number[] = [];
    let page = await list({ limit: 7 });
    back.unshift(...page.items.map(({ seq }) => seq));
    while (page.moreBefore) {
      page = await list({ limit: 7, before: back[0]! });
      back.unshift(...page.items.map(({ seq }) => seq));
    }
    const forth: number[] = [];
    do {
      page = await list({ limit: 7, after: forth.at(-1) ?? 0 });
      forth.push(...page.items.map(({ seq }) => seq));
    } while (page.moreAfter);
    expect(back).toEqual(seqs);
    expect(forth).toEqual(seqs);
  });

  it('of a conversation without messages is empty', async () => {
    const { items, asOf, ...more } = await team.owner.api.messages.list({ conversationId: team.general });
    expect(items).toEqual([]);
    expect(more).toEqual({ moreBefore: false, moreAfter: false, people: [] });
    expect(asOf).toBeGreaterThan(0);
  });

  it('accepts one starting point at a time', async () => {
    await expect(list({ before: 3, after: 1, around: 2 })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'after' }, { path: 'around' }] },
    });
  });

  it('is readable for everyone who sees the conversation', async () => {
    for (const who of [team.guest, team.customer]) {
      await expect(who.api.messages.list({ conversationId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('a page of many messages', () => {
  interface Plan {
    'Node Type': string;
    'Index Name'?: string;
    'Actual Rows': number;
    Plans?: Plan[];
  }

  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

  it('reads only its rows, by the primary key', async () => {
    const { db } = world.database;
    await sql`
      insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
      select gen_random_uuid(), ${conversationId}, 1000 + n, ${team.member.userId}, gen_random_uuid(), 'text', 'x', now()
      from generate_series(1, 20000) n
    `.execute(db);
    await sql`analyze message`.execute(db);
    for (const pivot of [Number.MAX_SAFE_INTEGER, 11_000, 1]) {
      const query = windowQuery({ conversationId, pivot, older: 25, newer: 25 });
      const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`
        explain (analyze, format json) ${query}
      `.execute(db);
      const plan = nodes(rows[0]!['QUERY PLAN'][0].Plan);
      const reads = plan.filter((node) => node['Index Name']?.startsWith('message'));
      expect(reads.map((node) => node['Index Name'])).toEqual(['message_pkey', 'message_pkey']);
      expect(plan.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      for (const node of plan) expect(node['Actual Rows']).toBeLessThanOrEqual(52);
    }
    const page = await list({ around: 11_000, limit: 50 });
    expect(page.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => 10_975 + at));
  });
});
