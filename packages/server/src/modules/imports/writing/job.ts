import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import type { StartBackfill, Transact } from '../../../platform/module/index.ts';
import type { MappingOf } from '../rows/mapping-store.ts';
import type { Source } from '../rows/neutral.ts';

export interface WriteDeps {
  backfill: StartBackfill;
  clock: { now(): Date };
  database: { readonly db: Executor };
  defaultTimezone: string;
  log: Log;
  transact: Transact;
}

/** What a batch has learned; valid once the batch is committed. */
export class Findings {
  /** Ids of imported items, by kind and key. */
  readonly ids = new Map<string, string>();
  /** The members of conversations and tasks. */
  readonly members = new Set<string>();

  merge({ ids, members }: Findings): void {
    for (const [name, id] of ids) this.ids.set(name, id);
    for (const name of members) this.members.add(name);
  }
}

/** The number of ids in the cache; the others are in the database. */
const MOST_REMEMBERED = 100_000;

/** The state of one import. */
export class Job implements MappingOf {
  readonly deps: WriteDeps;
  readonly workspaceId: string;
  /** The actor where nobody of the source can act. */
  readonly ownerId: string;
  readonly source: Source;
  readonly isDry: boolean;
  readonly findings = new Findings();
  /** The names to mention people by, by their key in the source. */
  readonly usernames = new Map<string, string>();
  /** The workspace roles of people, by account. */
  readonly roles = new Map<string, WorkspaceRole>();
  /** Accounts that are not members after the import. */
  readonly former = new Set<string>();
  /** Conversations that this run has written to. */
  readonly written = new Set<string>();

  constructor(
    deps: WriteDeps,
    { workspaceId, ownerId, source, isDry }: { workspaceId: string; ownerId: string; source: Source; isDry: boolean },
  ) {
    this.deps = deps;
    this.workspaceId = workspaceId;
    this.ownerId = ownerId;
    this.source = source;
    this.isDry = isDry;
  }

  /** Merges what a batch has learned. */
  commit(found: Findings): void {
    // A dry run writes nothing: this is the only record.
    if (!this.isDry && this.findings.ids.size > MOST_REMEMBERED) this.findings.ids.clear();
    if (this.findings.members.size > MOST_REMEMBERED) this.findings.members.clear();
    this.findings.merge(found);
  }
}
