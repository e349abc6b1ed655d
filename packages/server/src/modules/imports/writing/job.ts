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

/** What a batch has found out; it is true once the batch is committed. */
export class Findings {
  /** What things became, by kind and key. */
  readonly ids = new Map<string, string>();
  /** Who is in which conversation or task. */
  readonly members = new Set<string>();

  merge({ ids, members }: Findings): void {
    for (const [name, id] of ids) this.ids.set(name, id);
    for (const name of members) this.members.add(name);
  }
}

/** Ids that are remembered; the others are in the database. */
const MOST_REMEMBERED = 100_000;

/** One import, from its first row to its last. */
export class Job implements MappingOf {
  readonly deps: WriteDeps;
  readonly workspaceId: string;
  /** Who acts where nobody of the source can. */
  readonly ownerId: string;
  readonly source: Source;
  readonly isDry: boolean;
  readonly findings = new Findings();
  /** How people are mentioned, by their key in the source. */
  readonly usernames = new Map<string, string>();
  /** What people are in the workspace, by account. */
  readonly roles = new Map<string, WorkspaceRole>();
  /** Accounts of those who are no members once it is over. */
  readonly former = new Set<string>();
  /** Conversations into which this run wrote. */
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

  /** Takes over what a batch found out. */
  commit(found: Findings): void {
    // A dry run has written none of it: there it is remembered only here.
    if (!this.isDry && this.findings.ids.size > MOST_REMEMBERED) this.findings.ids.clear();
    if (this.findings.members.size > MOST_REMEMBERED) this.findings.members.clear();
    this.findings.merge(found);
  }
}
