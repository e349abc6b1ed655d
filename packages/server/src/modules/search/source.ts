import type { Message, SearchMark } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';

/** A message to index. */
export interface IndexedMessage {
  id: string;
  conversationId: string;
  authorId: string;
  createdAt: Date;
  text: string;
  marks: readonly SearchMark[];
}

/** The searched text of a message: its content, and the names of its files. */
export function searchedText({ content, attachments = [] }: Pick<Message, 'content' | 'attachments'>): string {
  return [content, ...attachments.map(({ filename }) => filename)].join('\n');
}

/** What search needs from the module that owns messages. */
export interface MessageSource {
  /** Messages by id, without deleted ones. */
  byId(db: Executor, ids: readonly string[]): Promise<IndexedMessage[]>;
  /** Messages of a conversation after one position and up to another, in order, and the position of the last. */
  written(
    db: Executor,
    conversationId: string,
    range: { after: number; upTo: number; limit: number },
  ): Promise<{ items: IndexedMessage[]; last: number | undefined }>;
  /** When the oldest remaining message of a conversation was sent. */
  oldest(db: Executor, conversationId: string): Promise<Date | undefined>;
  /** Ids of the conversations that a user may read. */
  readableBy(db: Executor, userId: string): Promise<string[]>;
  /** Messages as they are presented, without deleted ones. */
  show(db: Executor, ids: readonly string[]): Promise<Map<string, Message>>;
}
