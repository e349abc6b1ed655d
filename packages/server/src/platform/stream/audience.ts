import type { StreamKind } from '@atrium/protocol';
import type { RawBuilder } from 'kysely';
import type { Executor } from '../database/index.ts';

/** Decides who may read the streams of one kind; the only place that does. */
export interface Audience {
  kind: StreamKind;
  /** Selects the ids of all streams of this kind that the user follows. One statement asks for all kinds. */
  followedBy(userId: string): RawBuilder<{ id: string }>;
  /** The subset of `ids` that the user may read. Without it, those that the user follows. */
  readableBy?(db: Executor, userId: string, ids: readonly string[]): Promise<string[]>;
}
