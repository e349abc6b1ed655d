import type { StreamKind } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';

/** Who may read the streams of one kind. The only place where that is decided. */
export interface Audience {
  kind: StreamKind;
  /** Ids of all streams of this kind that the user follows. */
  followedBy(db: Executor, userId: string): Promise<string[]>;
  /** Those of `ids` that the user may read. */
  readableBy(db: Executor, userId: string, ids: readonly string[]): Promise<string[]>;
}
