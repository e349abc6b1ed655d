import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../../identity/index.ts';
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

/** What somebody wrote and kept, for a copy of their data. */
export function chatParts(db: Executor, userId: string): ExportPart[] {
  return [
    { name: 'messages', about: 'what you wrote, by conversation', pages: sentBy(db, userId) },
    { name: 'saved', about: 'messages that you saved', pages: whole(() => savedBy(db, userId)) },
    { name: 'drafts', about: 'what you began to write', pages: whole(() => draftsBy(db, userId)) },
  ];
}
