import type { ListedAttachment } from '@atrium/protocol';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { Registry, Work } from '../../../platform/module/index.ts';
import type { AttachmentRow } from './tables.ts';

/** A file that someone may read. */
export interface ReadableAttachment {
  can: ListedAttachment['can'];
  /** What the thing that has it is called; null: it has no name. */
  parentName: string | null;
  /** Where the message is that has it. */
  message?: { seq: number; threadId: string | null };
}

/** What a kind of thing that has files decides about them. */
export interface AttachmentParent {
  /**
   * Those of its files that someone may read, by id. The number of statements does not depend on the number of files.
   * Rejects for nothing but a fault.
   * @param userId undefined: someone who is not signed in
   */
  readable(
    db: Executor,
    userId: string | undefined,
    rows: readonly AttachmentRow[],
  ): Promise<ReadonlyMap<string, ReadableAttachment>>;
  /** Locks what `readable` decides by, before it is read. */
  hold(tx: Transaction, userId: string, row: AttachmentRow): Promise<void>;
  /**
   * Locks what the file belongs to, decides again, deletes the file with `deleteAttachments` and tells of it.
   * @throws `not_found`, `forbidden`
   */
  remove(work: Work, userId: string, row: AttachmentRow): Promise<void>;
}

export type AttachmentParentKind = 'task' | 'message' | 'product' | 'avatar';

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** Kinds of things of the module that have files. */
    attachmentParents?: { readonly [Kind in AttachmentParentKind]?: AttachmentParent };
  }
}

/** What a file belongs to; undefined: to whoever uploaded it. */
export function parentKindOf(row: AttachmentRow): AttachmentParentKind | undefined {
  if (row.task_id !== null) return 'task';
  if (row.message_id !== null) return 'message';
  if (row.product_id !== null) return 'product';
  return row.is_avatar ? 'avatar' : undefined;
}

/** Finds what decides about files of a kind of thing; undefined if no module has it. */
export type LookUpParent = (kind: AttachmentParentKind) => AttachmentParent | undefined;

/** @param modules of which some have things with files */
export function createParentLookUp(modules: Pick<Registry, 'all'>): LookUpParent {
  return (kind) =>
    modules.all().find(({ attachmentParents }) => attachmentParents?.[kind] !== undefined)?.attachmentParents?.[kind];
}
