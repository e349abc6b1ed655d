import type { Message, SearchMark } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';

/** A message as the index takes it. */
export interface Findable {
  id: string;
  /** The conversation. */
  placeId: string;
  authorId: string;
  createdAt: Date;
  text: string;
  marks: readonly SearchMark[];
}

/** What search asks of the feature that has the messages: it knows what there is, and who may read it. */
export interface MessageSource {
  /** Messages by id; those that are gone or deleted are missing. */
  byId(db: Executor, ids: readonly string[]): Promise<Findable[]>;
  /** Messages of a conversation that stand after one position and up to another, in order; with the last one's. */
  written(
    db: Executor,
    placeId: string,
    range: { after: number; upTo: number; limit: number },
  ): Promise<{ items: Findable[]; last: number | undefined }>;
  /** When the oldest message of a conversation was written that is still there. */
  oldest(db: Executor, placeId: string): Promise<Date | undefined>;
  /** The conversations that someone may read: those they are in, and those that are open to them. */
  readableBy(db: Executor, userId: string): Promise<string[]>;
  /** Messages as they go out; those that are gone or deleted are missing. */
  show(db: Executor, ids: readonly string[]): Promise<Map<string, Message>>;
}
