import { randomUUID } from 'node:crypto';
import type { Message } from '@atrium/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

async function channel(): Promise<string> {
  const input = { workspaceId: team.id, kind: 'channel', name: randomUUID(), memberIds: [team.guest.userId] } as const;
  return (await team.member.api.conversations.create({ ...input, memberIds: [team.guest.userId] })).id;
}

/** Sends messages in one statement, which is faster. @returns the messages in order */
async function sayAll(conversationId: string, senders: readonly ('member' | 'guest')[]): Promise<Message[]> {
  const said = await Promise.all(senders.map((sender, at) => world.say(conversationId, team[sender], `Say ${at}`)));
  return said.sort((one, other) => one.seq - other.seq);
}

/** A change that happens during reading. */
type Happening = 'send' | 'delete' | 'edit' | 'reply' | 'react';
const happenings = fc.array(fc.constantFrom<Happening>('send', 'delete', 'edit', 'reply', 'react'), { maxLength: 3 });

/** Applies it to a message, by a user who is permitted. */
async function happen(conversationId: string, what: Happening, ids: readonly string[], at: number): Promise<void> {
  const { messages, reactions } = team.member.api;
  const messageId = ids[at % ids.length] ?? '';
  if (what === 'send') await world.say(conversationId, team.member);
  if (what === 'delete') await messages.delete({ messageId });
  if (what === 'edit') await messages.update({ messageId, content: `Edit ${at}` }).catch(() => undefined);
  if (what === 'react') await reactions.add({ messageId, emoji: ':eyes:' }).catch(() => undefined);
  if (what === 'reply') {
    const said = { conversationId, content: 'Reply', replyTo: messageId, clientMessageId: randomUUID() };
    await messages.send(said);
  }
}

it('returns every message once and in order, whatever happens between two pages', async () => {
  const pages = fc.array(happenings, { minLength: 1, maxLength: 12 });
  const direction = fc.constantFrom('before' as const, 'after' as const);
  await fc.assert(
    fc.asyncProperty(pages, direction, fc.integer({ min: 1, max: 7 }), async (between, towards, limit) => {
      const conversationId = await channel();
      const ids = (await sayAll(conversationId, Array(14).fill('member'))).map(({ id }) => id);
      const list = (place: { before?: number; after?: number }) =>
        team.guest.api.messages.list({ conversationId, limit, ...place });

      const seen: { id: string; seq: number }[] = [];
      let page = await list(towards === 'before' ? {} : { after: 0 });
      for (let step = 0; ; step += 1) {
        if (towards === 'before') seen.unshift(...page.items);
        else seen.push(...page.items);
        for (const what of between[step % between.length] ?? []) {
          // A reader of newer pages would never finish if new messages kept arriving.
          if (step < 12) await happen(conversationId, what, ids, step);
        }
        if (!(towards === 'before' ? page.moreBefore : page.moreAfter)) break;
        page = await list(towards === 'before' ? { before: seen[0]?.seq ?? 0 } : { after: seen.at(-1)?.seq ?? 0 });
      }
      const seqs = seen.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
      expect(seen.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual(ids);
    }),
    { numRuns: 15 },
  );
});

/** The senders of the messages, how many were read, and how many are requested. */
interface Reading {
  senders: ('member' | 'guest')[];
  read: number;
  limit: number;
}

it('starts around the first unread message, with as many before it as after it', async () => {
  const reading = fc.record({
    senders: fc.array(fc.constantFrom('member' as const, 'guest' as const), { minLength: 1, maxLength: 14 }),
    read: fc.nat({ max: 14 }),
    limit: fc.integer({ min: 1, max: 10 }),
  });
  const opens = async ({ senders, read, limit }: Reading) => {
    const conversationId = await channel();
    const said = (await sayAll(conversationId, senders)).map(({ seq, senderId }) => ({
      seq,
      mine: senderId === team.guest.userId,
    }));
    const readSeq = said[read - 1]?.seq ?? 0;
    const { messages } = team.guest.api;
    const ack = await messages.ack({ conversationId, readSeq });
    const unread = said.filter(({ seq, mine }) => seq > ack.readSeq && !mine);
    const page = await messages.list({ conversationId, from: 'firstUnread', limit });
    expect(page.firstUnread).toBe(unread[0]?.seq);
    expect(ack.unread).toBe(unread.length);
    const around = unread[0] && { around: unread[0].seq };
    const { firstUnread: _, ...same } = page;
    expect(same).toEqual(await messages.list({ conversationId, limit, ...around }));
  };
  // Several at once: read marks are written in groups.
  const readings = fc.array(reading, { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(readings, async (all) => void (await Promise.all(all.map(opens)))),
    { numRuns: 4 },
  );
});

it('starts at the end for users who have read everything, or have nothing to read', async () => {
  const conversationId = await channel();
  await world.say(conversationId, team.member);
  const latest = { from: 'firstUnread' as const, conversationId };
  expect((await team.member.api.messages.list(latest)).firstUnread).toBeUndefined();
  expect((await team.owner.api.messages.list(latest)).items).toHaveLength(1);
  const both = team.member.api.messages.list({ ...latest, before: 3 });
  await expect(both).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'from' }] } });
});

it('does not start at a reply in a thread, nor count it', async () => {
  const conversationId = await channel();
  const { id } = await world.say(conversationId, team.guest);
  const said = { conversationId, content: 'Reply', replyTo: id, clientMessageId: randomUUID() };
  await team.member.api.messages.send(said);
  const { seq } = await world.say(conversationId, team.member);
  const page = await team.guest.api.messages.list({ conversationId, from: 'firstUnread' });
  expect(page.firstUnread).toBe(seq);
  expect((await team.guest.api.conversations.get({ conversationId })).unread).toBe(1);
});
