import type pg from 'pg';
import { type ChatData, type FilledMessage, makeConversations, storeMessages, storeStreams } from '../lib/chat-data.ts';
import type { Language } from '../lib/language.ts';
import { pickSkewed, seeded } from '../lib/random.ts';

const CONVERSATIONS = 400;
const AUTHORS = 200;
const BITE = 5_000;
const LONG = 100;
const YEAR_MS = 365 * 86_400_000;

/** What the queries can refer to. */
export interface FilledChat extends ChatData {
  authorIds: string[];
  /** ISO 8601. */
  newest: string;
  /** The conversation with the longest messages. */
  longIn: string;
}

/** A year of talk in conversations of very different size. */
export async function fill(client: pg.ClientBase, language: Language, count: number): Promise<FilledChat> {
  const data = await makeConversations(client, CONVERSATIONS);
  const random = seeded(11);
  const authorIds = Array.from({ length: AUTHORS }, () => crypto.randomUUID());
  const newest = new Date();
  const seqs = new Map<string, number>();
  let bite: FilledMessage[] = [];
  for (let n = 0; n < count; n++) {
    const conversationId = pickSkewed(data.conversationIds, random);
    const seq = (seqs.get(conversationId) ?? 0) + 1;
    seqs.set(conversationId, seq);
    bite.push({
      conversationId,
      seq,
      senderId: pickSkewed(authorIds, random),
      content: language.message(),
      createdAt: new Date(newest.getTime() - YEAR_MS * (1 - n / count)),
    });
    if (bite.length < BITE && n < count - 1) continue;
    await storeMessages(client, bite);
    bite = [];
  }
  const longIn = data.conversationIds[0] ?? '';
  const first = (seqs.get(longIn) ?? 0) + 1;
  await storeMessages(client, longMessages(longIn, first, newest));
  await storeStreams(client);
  return { ...data, authorIds, newest: newest.toISOString(), longIn };
}

/** The most that one call can be made to read: as long as messages may be, and each letter folded. */
function longMessages(conversationId: string, first: number, createdAt: Date): FilledMessage[] {
  const content = `${'éèñöäü'.repeat(1_332)} àlöng`;
  return Array.from({ length: LONG }, (_, n) => ({
    conversationId,
    seq: first + n,
    senderId: crypto.randomUUID(),
    content,
    createdAt,
  }));
}
