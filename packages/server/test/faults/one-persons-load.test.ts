import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { connectionSettings } from '../../src/platform/database/index.ts';
import { concurrently, startExternalApp, type Wire } from '../security/external-app.ts';

let wire: Wire | undefined;
afterEach(() => wire?.close());

const AT_ONCE = 590;
const SOCKETS = 3;
const LOOKS = 20;
/** A read takes some milliseconds; without the limits it waits for the lock, which is held for seconds. */
const PROMPT_MS = 1_500;

/**
 * Ann reacts to a message 590 times at once, over REST and three sockets, while the row that each reaction needs is
 * locked.
 * @returns the longest that Ben, a stranger, waits for his authentication and for a change of his own
 */
async function longestWaitOfAStranger(options: Parameters<typeof startExternalApp>[0]): Promise<number> {
  wire = await startExternalApp(options);
  const { app, send, connect } = wire;
  const [ann, ben] = [await app.person('Ann'), await app.person('Ben')];
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
  const channel = { workspaceId, kind: 'channel', visibility: 'private', name: 'Plans' } as const;
  const { id: conversationId } = await ann.call('conversations.create', channel);
  const message = { conversationId, content: 'x', clientMessageId: randomUUID() };
  const messageId = (await ann.call('messages.send', message)).message.id;
  const sockets = await concurrently(SOCKETS, () => connect({ auth: { token: ann.accessToken } }));

  const holder = new pg.Client(connectionSettings(app.database.url, 'holder'));
  holder.on('error', () => undefined);
  onTestFinished(() => holder.end().catch(() => undefined));
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from stream where name = $1 for no key update', [`conversation:${conversationId}`]);

  const emoji = (at: number) => String.fromCodePoint(0x1f600 + (at % 60));
  const all = concurrently(AT_ONCE, (at) => {
    const socket = sockets[at % (SOCKETS + 1)];
    const input = { messageId, emoji: emoji(at) };
    if (socket !== undefined) return socket.timeout(30_000).emitWithAck('op', { name: 'reactions.add', input });
    return send('PUT', `/messages/${messageId}/reactions/${encodeURIComponent(emoji(at))}`, { token: ann.accessToken });
  });
  await sleep(300);
  let longest = 0;
  for (let at = 0; at < LOOKS; at += 1) {
    const began = performance.now();
    const [seen] = await Promise.all([
      send('GET', '/users/me', { token: ben.accessToken }),
      send('PATCH', '/users/me', { token: ben.accessToken, body: { name: `Ben ${at}` } }),
    ]);
    longest = Math.max(longest, seen.status === 200 ? performance.now() - began : Number.POSITIVE_INFINITY);
    if (longest > PROMPT_MS) break;
  }
  await holder.query('rollback').catch(() => undefined);
  await all.catch(() => undefined);
  return longest;
}

it('F50 a user who makes hundreds of calls at once does not delay a stranger', async () => {
  expect(await longestWaitOfAStranger({})).toBeLessThan(PROMPT_MS);
}, 60_000);

it('F50 control: without a limit per user, a stranger waits as long as they do', async () => {
  const commands = { perKey: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };
  expect(await longestWaitOfAStranger({ commands })).toBeGreaterThan(PROMPT_MS);
}, 60_000);
