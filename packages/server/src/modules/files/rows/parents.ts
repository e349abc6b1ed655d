import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import type { AttachmentRow } from './tables.ts';

/** What a kind of thing that has files decides about them. */
export interface AttachmentParent {
  /** Whether someone may read the file; undefined: someone who is not signed in. Rejects for nothing but a fault. */
  mayRead(db: Executor, userId: string | undefined, row: AttachmentRow): Promise<boolean>;
  /** Whether someone who may read it may also delete it. */
  mayDelete(db: Executor, userId: string, row: AttachmentRow): Promise<boolean>;
  /** Locks what `mayDelete` decides by, before it is read. */
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
