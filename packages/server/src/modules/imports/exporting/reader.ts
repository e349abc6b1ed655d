import type { Api } from '@atrium/protocol';
import { beganAt, type Database, type Executor, type Transaction } from '../../../platform/database/index.ts';
import type { Backfill, BackfillOptions, StartBackfill, Work } from '../../../platform/module/index.ts';

export interface ReadDeps {
  backfill: StartBackfill;
  database: Pick<Database, 'db' | 'pool'>;
}

/** What an export reads: operations, answered from one snapshot of the database. */
export interface Moment {
  db: Executor;
  backfill: Backfill;
  now: Date;
}

/** @param tx is read-only */
export async function momentIn(tx: Transaction, backfill: StartBackfill): Promise<Moment> {
  const now = await beganAt(tx);
  const refuse = (): never => {
    throw new Error('An export writes nothing.');
  };
  const work: Work = {
    tx,
    now,
    actorId: null,
    append: refuse,
    endStreams: refuse,
    enqueue: refuse,
    tell: async () => refuse(),
    as: () => work,
  };
  return { db: tx, backfill: backfill(work), now };
}

/** The subject of an export, and what it has collected so far. */
export class Exported {
  readonly workspaceId: string;
  readonly ownerId: string;
  /** Everyone mentioned. */
  readonly people = new Set<string>();
  /** Stored objects that belong to the export. */
  readonly objects = new Set<string>();
  /** The number of items left out, by kind. */
  readonly leftOut = new Map<string, number>();
  /** Everything is read from one snapshot. */
  readonly db: Executor;
  private readonly backfill: Backfill;
  private readonly now: Date;

  constructor(moment: Moment, { ownerId, workspaceId }: { ownerId: string; workspaceId: string }) {
    this.db = moment.db;
    this.backfill = moment.backfill;
    this.now = moment.now;
    this.workspaceId = workspaceId;
    this.ownerId = ownerId;
  }

  /** Reads as a person with access. */
  read<Result>(userId: string, run: (api: Api<BackfillOptions>) => Promise<Result>): Promise<Result> {
    return run(this.backfill({ userId, at: this.now }));
  }

  omit(what: string, count = 1): void {
    if (count > 0) this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + count);
  }
}

const PAGE = 200;

/** All items of a list, page by page. */
export async function* pages<Item>(
  load: (page: { limit: number; cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): AsyncGenerator<Item, void> {
  let cursor: string | undefined;
  do {
    const page = await load({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
