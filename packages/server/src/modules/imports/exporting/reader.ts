import type { Api } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { BackfillOptions, StartBackfill, Transact } from '../../../platform/module/index.ts';

export interface ReadDeps {
  backfill: StartBackfill;
  database: { readonly db: Executor };
  transact: Transact;
}

/** What an export is of, and what it has met on its way. */
export class Exported {
  readonly workspaceId: string;
  readonly ownerId: string;
  /** Everybody who is named. */
  readonly people = new Set<string>();
  /** Objects that belong to it. */
  readonly objects = new Set<string>();
  /** How many things of a kind are left out. */
  readonly leftOut = new Map<string, number>();
  private readonly deps: ReadDeps;

  constructor(deps: ReadDeps, { ownerId, workspaceId }: { ownerId: string; workspaceId: string }) {
    this.deps = deps;
    this.workspaceId = workspaceId;
    this.ownerId = ownerId;
  }

  get db(): Executor {
    return this.deps.database.db;
  }

  /** Reads as somebody who may, in a transaction of its own. */
  read<Result>(userId: string, run: (api: Api<BackfillOptions>) => Promise<Result>): Promise<Result> {
    return this.deps.transact({ actorId: null }, (work) => run(this.deps.backfill(work)({ userId, at: work.now })));
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
