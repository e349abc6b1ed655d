import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@atrium/client';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { WireClient } from '../lib/wire-client.ts';
import type { Someone } from '../presence/people.ts';

/** Whose screen is measured. */
export const READER = { name: 'Ann Weber', email: 'ann@example.org', password: 'seven herons by the weir' };

/** A channel with a history. */
export interface Room {
  id: string;
  name: string;
}

/** How much is said in the two channels between which the reader goes, and in each that is opened for the first time. */
const HISTORY = 300;
const SHORT_HISTORY = 60;
const AT_ONCE = 10;
/** As many people as a channel takes when it is created. */
const MOST_AT_ONCE = 100;
const SENTENCES = [
  'The fleece is in the tunnel.',
  'Who can water bed 4 this evening? The hose at the north tap is mended, and the barrel is full again.',
  'Two barrows for each bed, please, and keep it **away** from the stems.',
  'Done, see `beds.csv`.',
  'We expect about 120 people on the open day, so we need six at the gate and four at the cake. Ann brings the tables.',
];
/** As often as the app says that somebody is still typing. */
const TYPING_EVERY_MS = 3_000;

/** The channels of the reader. */
export interface Rooms {
  /** Two with a long history; people write in the first. */
  both: readonly [Room, Room];
  /** More of them, which nobody has opened. */
  others: readonly Room[];
}

/** Opens the reader's account and channels with a history each: the first two with everybody in them. */
export async function furnish(
  origin: string,
  { pool }: Pick<Database, 'pool'>,
  people: readonly Someone[],
  otherRooms: number,
): Promise<Rooms> {
  const client = createClient({ url: origin });
  const { api } = client;
  await api.auth.register(READER);
  await client.signIn({ email: READER.email, password: READER.password });
  const me = await api.users.me({});
  const { rows } = await pool.query<{ workspace_id: string }>(
    'select workspace_id from membership where account_id = $1',
    [people[0]?.userId],
  );
  const workspaceId = rows[0]?.workspace_id ?? '';
  await pool.query(
    `insert into membership (workspace_id, account_id, role, joined_at) values ($1, $2, 'owner', now())`,
    [workspaceId, me.id],
  );
  const room = async (name: string, history: number, members = people): Promise<Room> => {
    const kind = { kind: 'channel', visibility: 'public', name } as const;
    const memberIds = members.slice(0, MOST_AT_ONCE).map(({ userId }) => userId);
    const { id } = await api.conversations.create({ workspaceId, ...kind, memberIds });
    for (const { userId } of members.slice(MOST_AT_ONCE))
      await api.conversations.addMember({ conversationId: id, userId });
    for (let at = 0; at < history; at += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => say(origin, members, id, at + more)));
    }
    return { id, name };
  };
  const both = [await room('greenhouse', HISTORY), await room('market', HISTORY)] as const;
  const others: Room[] = [];
  for (let at = 1; at <= otherRooms; at++)
    others.push(await room(`bed-${at}`, SHORT_HISTORY, people.slice(0, MOST_AT_ONCE)));
  client.close();
  return { both, others };
}

/** Somebody says something; who and what goes in turn. */
async function say(origin: string, people: readonly Someone[], conversationId: string, turn: number): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${people[turn % people.length]?.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: SENTENCES[turn % SENTENCES.length], clientMessageId: randomUUID() }),
  });
  const body = await answer.text();
  if (answer.status === 429) {
    await wait(JSON.parse(body).retryAfterMs);
    return say(origin, people, conversationId, turn);
  }
  if (!answer.ok) throw new Error(`A message was refused: ${body}`);
}

/** Everybody connects, types in a room over and over, and in turn says something there. */
export async function crowd(
  port: number,
  people: readonly Someone[],
  conversationId: string,
  perSecond: number,
): Promise<{ rate: () => number; leave: () => Promise<void> }> {
  let refused = 0;
  const listener = {
    onEvent: () => undefined,
    onAck: (_: number, payload: Buffer) => {
      if (payload.includes('"ok":false')) refused += 1;
    },
  };
  const clients: WireClient[] = [];
  for (const { token } of people) clients.push(await WireClient.connect(port, { token }, listener));
  const typing = clients.map((client, at) => {
    const type = () => client.emit('typing:start', { conversationId });
    let timer = setTimeout(
      () => {
        type();
        timer = setInterval(type, TYPING_EVERY_MS);
      },
      (TYPING_EVERY_MS * at) / clients.length,
    );
    return () => clearTimeout(timer);
  });
  let said = 0;
  const began = performance.now();
  const saying = setInterval(() => {
    const client = clients[said % clients.length];
    const content = SENTENCES[said % SENTENCES.length];
    client?.emit('message:send', { conversationId, content, clientMessageId: randomUUID() });
    said += 1;
  }, 1_000 / perSecond);
  return {
    rate: () => ((said - refused) * 1_000) / (performance.now() - began),
    async leave() {
      clearInterval(saying);
      for (const stop of typing) stop();
      for (const client of clients) client.close();
    },
  };
}
