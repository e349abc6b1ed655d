import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../../identity/index.ts';
import { type ExportedItems, ITEM_TABLES, ITEMS } from '../cleanup/items.ts';
import { conversationsWrittenIn, draftsBy, messagesSentIn, type SentMessage, savedBy } from './personal-data-store.ts';

async function* sentBy(db: Executor, senderId: string): AsyncGenerator<SentMessage[], void> {
  const conversations = pagesOf(
    (after: string | undefined) => conversationsWrittenIn(db, senderId, { after, limit: EXPORT_PAGE }),
    ({ id }) => id,
  );
  for await (const page of conversations) {
    for (const { id: conversationId } of page) {
      yield* pagesOf(
        (after: number | undefined) => messagesSentIn(db, { senderId, conversationId }, { after, limit: EXPORT_PAGE }),
        ({ seq }) => seq,
      );
    }
  }
}

async function* whole(read: () => Promise<object[]>): AsyncGenerator<object[], void> {
  yield await read();
}

const ITEM_PARTS: Record<ExportedItems, { about: string; read: (db: Executor, userId: string) => Promise<object[]> }> =
  {
    saved: { about: 'messages that you saved', read: savedBy },
    drafts: { about: 'what you began to write', read: draftsBy },
  };

/** A person's messages and personal items, for an export of their data. */
export function chatParts(db: Executor, userId: string): ExportPart[] {
  return [
    { name: 'messages', about: 'what you wrote, by conversation', pages: sentBy(db, userId) },
    ...ITEM_TABLES.flatMap((table) => {
      const name = ITEMS[table].exportedAs;
      if (name === null) return [];
      const { about, read } = ITEM_PARTS[name];
      return [{ name, about, pages: whole(() => read(db, userId)) }];
    }),
  ];
}
