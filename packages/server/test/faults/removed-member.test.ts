import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type LiveEvent, replay } from '@atrium/client';
import type { StreamName } from '@atrium/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectEvents } from '../../src/platform/stream/index.ts';
import { type TestApp, testApp } from '../app.ts';
import { durable, fresh, missedSince, takeCopy } from '../live-copy.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';
import { type Cast, clearScene, letIn, makeCast, makeScene, observe, type Scene, say } from './cast.ts';
import { until } from './harness/until.ts';

const SECRET = 'Only for those who are still here';

let app: TestApp;
let cast: Cast;
let scene: Scene;
let stream: StreamName;

beforeAll(async () => {
  app = await testApp();
  cast = await makeCast(app);
});

afterAll(async () => {
  for (const who of Object.values(cast ?? {})) if (typeof who === 'object' && 'tap' in who) who.tap.close();
  await app?.close();
});

beforeEach(async () => {
  scene = await makeScene(cast);
  stream = `conversation:${scene.channel}`;
  await Promise.all([scene.ann, scene.bob].map(({ tap }) => caughtUp(tap, scene.last)));
});

afterEach(() => clearScene(scene));

const removeBob = () =>
  scene.ann.call('conversations.removeMember', { conversationId: scene.channel, userId: scene.bob.userId });

/** The position of bob's removal in the channel's stream. */
async function removedAt(): Promise<number> {
  const left = (await app.events(stream)).findLast(({ type }) => type === 'conversation:memberLeft');
  return left?.seq ?? Number.POSITIVE_INFINITY;
}

const whatIsOf = (events: readonly LiveEvent[]) => events.filter(({ meta }) => meta.stream === stream);

/** Throws if something of the channel has arrived at or after the removal. */
function expectNothingSince(removal: number, events: readonly LiveEvent[]): void {
  const late = whatIsOf(events).filter(({ meta }) => meta.seq >= removal);
  expect(late, 'events since the removal').toEqual([]);
  expect(JSON.stringify(events)).not.toContain(SECRET);
}

/** Waits until everything so far has been delivered to a remaining member. */
const passed = (tap: SocketRecorder, seq: number) =>
  tap.until((heard) => heard.some(({ meta }) => meta?.stream === stream && meta.seq >= seq));

/** The same for a socket that may have followed the stream late: it gets a position instead of earlier messages. */
const caughtUp = (tap: SocketRecorder, seq: number) =>
  tap.until((heard) =>
    heard.some(({ type, data, meta }) =>
      type === 'heads' ? Number(data[stream] ?? 0) >= seq : meta?.stream === stream && meta.seq >= seq,
    ),
  );

describe('F23 a removed member', () => {
  it('F23 gets nothing more when removed while disconnected, and is told to drop the data', async () => {
    const { ann, bob, channel, workspaceId, last } = scene;
    const before = await takeCopy(bob);
    await removeBob();
    await say(ann, channel, SECRET);
    const missed = await missedSince(bob, before.snapshot);
    expect(whatIsOf(missed)).toEqual([]);
    const page = await bob.call('streams.resume', { since: before.snapshot.asOf });
    expect(page.reset).toEqual([stream]);
    expect(page.heads).not.toHaveProperty([stream]);
    for (const after of [0, last]) {
      const nothing = { events: [], heads: {}, more: false, reset: [stream] };
      expect(await bob.call('streams.sync', { stream, after })).toEqual(nothing);
    }
    await Promise.all(
      [
        bob.call('messages.list', { conversationId: channel }),
        bob.call('conversations.get', { conversationId: channel }),
        bob.call('conversations.members', { conversationId: channel }),
        bob.call('messages.ack', { conversationId: channel, readSeq: last }),
      ].map((call) => expect(call).rejects.toMatchObject({ code: 'not_found' })),
    );
    const { items } = await bob.call('conversations.list', { workspaceId });
    expect(items.map(({ id }) => id)).not.toContain(channel);
    const kept = replay(before.snapshot, missed);
    expect(kept.conversations).not.toHaveProperty(channel);
    expect(kept).toEqual(fresh(await takeCopy(bob)));
  });

  it.each([0, 2, 4, 8])('F23 gets nothing more on any connection when removed %d ms into a burst', async (ms) => {
    const { ann, bob, channel } = scene;
    const second = await recordSocket(cast.url, bob.accessToken);
    const from = bob.tap.heard.length;
    const burst = Array.from({ length: 60 }, (_, at) => say(ann, channel, `Before or after ${at}`));
    await Promise.all([...burst, sleep(ms).then(removeBob)]);
    const { message } = await say(ann, channel, SECRET);
    await passed(ann.tap, message.seq);
    const seq = await removedAt();
    for (const heard of [bob.tap.heard.slice(from), second.heard]) {
      // Everything before, nothing from then on.
      expect(whatIsOf(durable(heard)).at(-1)?.meta.seq ?? scene.last).toBe(seq - 1);
      expectNothingSince(seq, durable(heard));
      expect(heard.filter(({ type }) => type === 'conversation:left')).toHaveLength(1);
    }
    second.close();
  });

  it('F23 gets nothing more of a workspace and its content when removed from it', async () => {
    const { ann, bob, channel, general, workspaceId } = scene;
    const from = bob.tap.heard.length;
    await ann.call('members.remove', { workspaceId, userId: bob.userId });
    await say(ann, channel, SECRET);
    const { message } = await say(ann, general, SECRET);
    await ann.call('workspaces.update', { workspaceId, name: SECRET });
    await ann.tap.until((heard) =>
      heard.some(({ meta, data }) => meta?.stream === `workspace:${workspaceId}` && data.name === SECRET),
    );
    await ann.tap.until((heard) => heard.some(({ data }) => data.id === message.id));
    expect(durable(bob.tap.heard.slice(from)).map(({ type, meta }) => [type, meta.stream])).toEqual([
      ['conversation:left', `user:${bob.userId}`],
      ['conversation:left', `user:${bob.userId}`],
      ['workspace:left', `user:${bob.userId}`],
    ]);
    const streams: StreamName[] = [`workspace:${workspaceId}`, `conversation:${general}`, stream];
    const page = await bob.call('streams.resume', { since: Object.fromEntries(streams.map((name) => [name, 0])) });
    expect(page).toEqual({ events: [], heads: {}, more: false, reset: streams });
  });

  it('F23 gets no further page when removed between two', async () => {
    const { ann, bob, channel } = scene;
    await Promise.all(Array.from({ length: 520 }, () => say(ann, channel)));
    const first = await bob.call('streams.sync', { stream, after: 0 });
    expect(first).toMatchObject({ more: true, reset: [] });
    await removeBob();
    const after = first.events.at(-1)!.meta.seq;
    const nothing = { events: [], heads: {}, more: false, reset: [stream] };
    expect(await bob.call('streams.sync', { stream, after })).toEqual(nothing);
  });

  it('F23 gets no page that was read half before and half after', async () => {
    const { ann, bob, channel } = scene;
    for (let round = 0; round < 15; round++) {
      const { message } = await say(ann, channel);
      const pages: LiveEvent[][] = [];
      const ask = async () => {
        for (;;) {
          const page = await bob.call('streams.sync', { stream, after: message.seq });
          pages.push(page.events as LiveEvent[]);
          if (page.reset.length > 0) return;
        }
      };
      const leave = removeBob().then(() => say(ann, channel, SECRET));
      await Promise.all([ask(), ask(), ask(), ask(), leave]);
      expectNothingSince(await removedAt(), pages.flat());
      await say(ann, channel, 'To be read by those who come back');
      await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
    }
  });

  it.each([
    ['the history', (conversationId: string) => scene.bob.call('messages.list', { conversationId })],
    ['the conversation', (conversationId: string) => scene.bob.call('conversations.get', { conversationId })],
  ])('F23 gets no answer on %s that was checked before and read after', async (_, read) => {
    const { ann, bob, channel } = scene;
    for (let round = 0; round < 25; round++) {
      const answers: string[] = [];
      const ask = async () => {
        for (;;) answers.push(JSON.stringify(await read(channel)));
      };
      const asking = [ask(), ask(), ask(), ask()].map((asker) =>
        expect(asker).rejects.toMatchObject({ code: 'not_found' }),
      );
      const secret = `${SECRET} ${round}`;
      await Promise.all([...asking, removeBob().then(() => say(ann, channel, secret))]);
      expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
      await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
    }
  });

  it('F23 gets nothing when added and removed at once on two nodes, of which one is behind', async () => {
    const { ann, channel } = scene;
    const zoe = await observe(app, cast.url, 'Zoe');
    await letIn(scene, scene.workspaceId, zoe, 'member');
    const own: StreamName = `user:${zoe.userId}`;
    const { hub, database } = app.app;
    const follows = () => [...hub.followersOf([stream])].some(({ userId }) => userId === zoe.userId);
    const from = zoe.tap.heard.length;
    // Done by two other nodes: nobody here is told yet.
    const otherNode = (type: 'conversation:memberJoined' | 'conversation:memberLeft') =>
      database.transaction(async (tx) => {
        const comes = type === 'conversation:memberJoined';
        const events = collectEvents();
        const append = events.appendAs(ann.userId);
        const data = { conversationId: channel, userId: zoe.userId };
        const effect = comes ? { follow: [stream] } : { unfollow: [stream] };
        append(stream, 'conversation:updated', data, comes ? { join: [zoe.userId] } : { leave: [zoe.userId] });
        // Of a type without a query: only the effect matters.
        append(own, 'conversation:left', { conversationId: channel }, effect);
        return events.write(tx);
      });
    // A node polls all heads once a second, and may find both by itself: then it is repeated.
    for (let round = 0; round < 20 && !follows(); round += 1) {
      const [joined] = (await otherNode('conversation:memberJoined')).filter((event) => event.stream === own);
      const [left] = (await otherNode('conversation:memberLeft')).filter((event) => event.stream === stream);
      // The conversation has passed the removal here before the user's own stream begins to follow it.
      hub.hint(stream, left!.seq);
      await passed(ann.tap, left!.seq);
      hub.committed([joined!]);
    }
    expect(follows()).toBe(true);
    const { message } = await say(ann, channel, SECRET);
    await passed(ann.tap, message.seq);
    await zoe.tap.call('users.me', {});
    await until(() => !follows(), 30_000, 'nobody to follow who may not');
    expect(JSON.stringify(zoe.tap.heard.slice(from))).not.toContain(SECRET);
    expect(whatIsOf(durable(zoe.tap.heard))).toEqual([]);
    zoe.tap.close();
  });

  it('F23 gets nothing when removed while a connection is being set up', async () => {
    const { ann, channel } = scene;
    const zoe = await observe(app, cast.url, 'Zoe');
    await letIn(scene, scene.workspaceId, zoe, 'member');
    await ann.call('conversations.addMember', { conversationId: channel, userId: zoe.userId });
    zoe.tap.close();
    // While it exists, the next connection needs no query about streams, and is set up before the removal.
    const isGone = () => app.app.hub.followersOf([`user:${zoe.userId}`]).size === 0;
    await until(isGone, 30_000, 'the first connection to be gone');
    await say(ann, channel);
    const [streams, members] = [await app.database.pool.connect(), await app.database.pool.connect()];
    // Delayed between reading what it follows and following it, and again before reading it a second time.
    await streams.query(`${BEGIN}; lock table stream in access exclusive mode`);
    const connecting = recordSocket(cast.url, zoe.accessToken);
    // The other one is the node itself, which polls all heads once a second.
    await until(async () => (await waiting('stream')) >= 2, 30_000, 'the connection to follow its streams');
    const where = [channel, zoe.userId];
    await members.query('delete from conversation_member where conversation_id = $1 and account_id = $2', where);
    await members.query(`${BEGIN}; lock table conversation_member in access exclusive mode`);
    await streams.query('commit');
    await until(async () => (await waiting('conversation_member')) > 0, 30_000, 'the connection to ask again');
    const { message } = await say(ann, channel, SECRET);
    await passed(ann.tap, message.seq);
    await members.query('commit');
    streams.release();
    members.release();
    const tap = await connecting;
    await tap.call('users.me', {});
    expect(JSON.stringify(tap.heard)).not.toContain(SECRET);
    expect(whatIsOf(durable(tap.heard))).toEqual([]);
    tap.close();
  });

  it('F23 loses the local copy with the loaded history, and gets it again on return', async () => {
    const { ann, bob, channel } = scene;
    const { accessToken, refreshToken } = bob;
    const client = createClient({ url: cast.url, tokens: { accessToken, refreshToken } });
    await client.connect();
    await client.loadMessages(channel);
    expect(client.state.messages[channel]?.items).toHaveLength(4);
    await removeBob();
    await until(() => !(channel in client.state.conversations), 30_000, 'the conversation to be dropped');
    expect(client.state.messages).not.toHaveProperty(channel);
    await say(ann, channel, SECRET);
    await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
    await until(() => channel in client.state.conversations, 30_000, 'the conversation to come back');
    // Members may read messages from before they joined; these do not count as unread.
    const joined = (await app.events(stream)).findLast(({ type }) => type === 'conversation:memberJoined')!.seq;
    expect(client.state.conversations[channel]).toMatchObject({
      unread: 0,
      lastMessage: { content: SECRET },
      receipts: { [bob.userId]: { readSeq: joined - 1 } },
    });
    await client.loadMessages(channel);
    const { message } = await say(ann, channel, 'Welcome back');
    await until(() => client.state.conversations[channel]?.unread === 1, 30_000, 'the next message');
    expect(client.state.messages[channel]?.items.slice(-2).map(({ content }) => content)).toEqual([
      SECRET,
      'Welcome back',
    ]);
    expect(client.state.messages[channel]?.items.at(-1)?.seq).toBe(message.seq);
    client.close();
  });

  it('F23 control: fails if the removal does not reach connections', async () => {
    const { ann, bob, channel } = scene;
    const from = bob.tap.heard.length;
    const committed = await app.database.transaction(async (tx) => {
      const events = collectEvents();
      await tx
        .deleteFrom('conversation_member')
        .where('conversation_id', '=', channel)
        .where('account_id', '=', bob.userId)
        .execute();
      events.appendAs(ann.userId)(stream, 'conversation:memberLeft', { conversationId: channel, userId: bob.userId });
      return events.write(tx);
    });
    app.app.hub.committed(committed);
    const { message } = await say(ann, channel, SECRET);
    await passed(ann.tap, message.seq);
    await passed(bob.tap, message.seq);
    const seq = await removedAt();
    expect(() => expectNothingSince(seq, durable(bob.tap.heard.slice(from)))).toThrow(/events since the removal/);
  });
});

/** Begins a transaction that the server does not end while a busy machine takes its time. */
const BEGIN = "begin; set local idle_in_transaction_session_timeout = '60s'";

/** How many wait to read a locked table. */
async function waiting(table: string): Promise<number> {
  const { rows } = await app.database.pool.query(
    'select from pg_locks where not granted and relation = $1::regclass and database = (select oid from pg_database where datname = current_database())',
    [table],
  );
  return rows.length;
}
