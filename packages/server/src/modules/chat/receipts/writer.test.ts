import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn } from '../../../../test/signed-in.ts';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import type { CommittedEvent } from '../../../platform/stream/index.ts';
import { readEvents } from '../../../platform/stream/store.ts';
import { ReceiptWriter } from './writer.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;
beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

function node() {
  const told: CommittedEvent[] = [];
  const publish = (events: readonly CommittedEvent[]) => void told.push(...events);
  return { writer: new ReceiptWriter({ transact: world.transact, publish }), told };
}

/** A new channel with this many messages of the owner. */
async function channel(said: number): Promise<number[]> {
  const made = await team.owner.api.conversations.create({
    workspaceId: team.id,
    kind: 'channel',
    visibility: 'private',
    name: `Channel ${Math.random()}`,
    memberIds: [team.member.userId, team.admin.userId],
  });
  conversationId = made.id;
  const seqs: number[] = [];
  for (let n = 0; n < said; n++) seqs.push((await world.say(conversationId, team.owner)).seq);
  return seqs;
}

const mark = (userId: string, readSeq: number, deliveredSeq = 0) => ({
  conversationId,
  userId,
  caller: undefined,
  readSeq,
  deliveredSeq,
});
const acks = async () =>
  (await readEvents(world.database.db, `conversation:${conversationId}`, 0, 1_000)).filter(
    ({ type }) => type === 'message:ack',
  );

describe('marks', () => {
  it('move forward, never back, never beyond the end, and reading implies delivery', async () => {
    const { writer } = node();
    const [first = 0, second = 0, third = 0] = await channel(3);
    const me = team.member.userId;
    expect(await writer.move(mark(me, second))).toMatchObject({
      readSeq: second,
      deliveredSeq: second,
      unread: 1,
      moved: true,
    });
    expect(await writer.move(mark(me, first))).toMatchObject({ readSeq: second, unread: 1, moved: false });
    const end = await writer.move(mark(me, Number.MAX_SAFE_INTEGER, 0));
    expect(end).toMatchObject({ unread: 0, moved: true });
    expect(end.readSeq).toBeGreaterThanOrEqual(third);
    const head = (await readEvents(world.database.db, `conversation:${conversationId}`, 0, 1_000)).at(-1)?.seq ?? 0;
    expect(end.readSeq).toBeLessThanOrEqual(head);
  });

  it('of many at once are one event, with the latest mark of each member and the number of messages it passed', async () => {
    const { writer, told } = node();
    const seqs = await channel(4);
    const [one = 0, two = 0, , four = 0] = seqs;
    await Promise.all([
      writer.move(mark(team.member.userId, one)),
      writer.move(mark(team.member.userId, four)),
      writer.move(mark(team.member.userId, two)),
      writer.move(mark(team.admin.userId, two)),
    ]);
    const events = await acks();
    const steps = events.flatMap(
      ({ body }) => body.receipts as { userId: string; readSeq: number; newlyRead: number }[],
    );
    const passed = (userId: string) =>
      steps.filter((step) => step.userId === userId).reduce((sum, step) => sum + step.newlyRead, 0);
    expect(passed(team.member.userId)).toBe(4);
    expect(passed(team.admin.userId)).toBe(2);
    expect(events.length).toBeLessThanOrEqual(2);
    expect(told.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
  });

  it('that change nothing emit nothing', async () => {
    const { writer, told } = node();
    const [one = 0] = await channel(1);
    await writer.move(mark(team.member.userId, one));
    const before = await acks();
    await Promise.all([writer.move(mark(team.member.userId, one)), writer.move(mark(team.member.userId, 0))]);
    expect(await acks()).toHaveLength(before.length);
    expect(told).toHaveLength(before.length);
  });

  it('of strangers and former members are refused, and the others are written', async () => {
    const { writer } = node();
    const [one = 0] = await channel(1);
    const answers = await Promise.allSettled([
      writer.move(mark(team.guest.userId, one)),
      writer.move(mark(team.member.userId, one)),
    ]);
    expect(answers).toMatchObject([{ reason: { code: 'not_found' } }, { value: { readSeq: one } }]);
    await team.owner.api.conversations.removeMember({ conversationId, userId: team.member.userId });
    await expect(writer.move(mark(team.member.userId, one))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of callers who are signed out are refused, and the others are written, of the same member too', async () => {
    const { writer } = node();
    const [one = 0, two = 0] = await channel(2);
    const [ended, other] = await Promise.all([0, 1].map(() => signedIn(world.database, team.member.userId)));
    await ended!.end();
    const answers = await Promise.allSettled([
      writer.move({ ...mark(team.member.userId, two), caller: ended!.caller }),
      writer.move({ ...mark(team.member.userId, one), caller: other!.caller }),
      writer.move(mark(team.admin.userId, two)),
    ]);
    expect(answers).toMatchObject([
      { reason: { code: 'invalid_token' } },
      { value: { readSeq: one } },
      { value: { readSeq: two } },
    ]);
  });

  it('of members who hide theirs are sent to their own devices only, and they see none of the others', async () => {
    const [one = 0] = await channel(1);
    const { writer } = node();
    await team.member.api.users.updateMe({ preferences: { hideReceipts: true } });
    try {
      await writer.move(mark(team.member.userId, one));
      expect(await acks()).toEqual([]);
      const own = await readEvents(world.database.db, `user:${team.member.userId}`, 0, 1_000);
      expect(own.at(-1)).toMatchObject({ type: 'message:ack', body: { conversationId, receipts: [{ readSeq: one }] } });
      await writer.move(mark(team.admin.userId, one));
      const [event] = await acks();
      expect(event).toMatchObject({
        body: { receipts: [{ userId: team.admin.userId }] },
        effect: { instead: { users: [team.member.userId], data: { conversationId, receipts: [] } } },
      });
    } finally {
      await team.member.api.users.updateMe({ preferences: { hideReceipts: false } });
    }
  });

  it('of two nodes at once end at the latest position, with exact counts', async () => {
    const seqs = await channel(12);
    const [here, there] = [node(), node()];
    const me = team.member.userId;
    await Promise.all(seqs.map((seq, n) => (n % 2 === 0 ? here : there).writer.move(mark(me, seq))));
    const steps = (await acks()).flatMap(({ body }) => body.receipts as { readSeq: number; newlyRead: number }[]);
    expect(Math.max(...steps.map(({ readSeq }) => readSeq))).toBe(seqs.at(-1));
    expect(steps.reduce((sum, { newlyRead }) => sum + newlyRead, 0)).toBe(12);
  });
});
