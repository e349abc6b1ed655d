import type { Api } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type Backfill, type BackfillOptions, ProblemError, type Work } from '../../../platform/module/index.ts';
import { findMapped, putMapped } from '../rows/mapping-store.ts';
import { within } from '../rows/savepoint-store.ts';
import { Findings, type Job } from './job.ts';

/** Thrown when a row is left out, with the reason. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
}

/** The message of an operation's error. */
export function reasonOf({ message, details: { errors = [] } }: ProblemError): string {
  return [message, ...errors.map(({ path, message: fault }) => `${path} ${fault}`)].join('; ');
}

/** Rows that are written in one transaction, or only checked in a dry run. */
export class Batch {
  readonly job: Job;
  /** What the written rows have learned. */
  readonly found = new Findings();
  /** What the current row has learned. */
  row = new Findings();
  /** What could not be imported of the current row. */
  notes: string[] = [];
  private readonly work: Work | undefined;
  private readonly backfill: Backfill | undefined;

  /** @param work undefined: a dry run */
  constructor(job: Job, work: Work | undefined) {
    this.job = job;
    this.work = work;
    this.backfill = work && job.deps.backfill(work, { silent: ['notifications'] });
  }

  get isDry(): boolean {
    return this.work === undefined;
  }

  get db(): Executor {
    return this.work?.tx ?? this.job.deps.database.db;
  }

  /** The unit of work; undefined in a dry run. */
  get open(): Work {
    if (this.work === undefined) throw new Error('A dry run writes nothing.');
    return this.work;
  }

  /** Calls an operation as a person, at a given time. */
  as(userId: string, at: Date): Api<BackfillOptions> {
    if (this.backfill === undefined) throw new Error('A dry run calls nothing.');
    return this.backfill({ userId, at });
  }

  /** The id that an item of the source was imported as. */
  async mapped(kind: string, key: string): Promise<string | undefined> {
    const name = `${kind} ${key}`;
    const known = this.row.ids.get(name) ?? this.found.ids.get(name) ?? this.job.findings.ids.get(name);
    if (known !== undefined) return known;
    const became = await findMapped(this.db, this.job, kind, key);
    if (became !== undefined) this.found.ids.set(name, became);
    return became;
  }

  async map(kind: string, key: string, became: string): Promise<void> {
    if (this.work !== undefined) await putMapped(this.work.tx, this.job, { kind, key, became });
    this.row.ids.set(`${kind} ${key}`, became);
  }

  /** Whether a person is known to be a member. */
  isMember(conversationId: string, userId: string): boolean {
    const name = `${conversationId} ${userId}`;
    return [this.row, this.found, this.job.findings].some(({ members }) => members.has(name));
  }

  addMember(conversationId: string, userId: string): void {
    this.row.members.add(`${conversationId} ${userId}`);
  }

  /** Runs an optional part of a row. @returns undefined, with a note, if it is refused */
  async attempt<Result>(what: string, part: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await within(this.open.tx, part);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.notes.push(`${what}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /** Begins a row. */
  begin(notes: readonly string[]): void {
    this.row = new Findings();
    this.notes = [...notes];
  }

  /** The row was written. */
  keep(): void {
    this.found.merge(this.row);
  }
}
