import type { Executor } from '../../platform/database/index.ts';
import { type AccessHolds, type AccessLoaders, problem } from '../../platform/module/index.ts';
import { membershipOf } from '../workspaces/index.ts';
import { attachmentsById } from './rows/attachment-store.ts';
import { parentless } from './rows/parentless.ts';
import { type AttachmentParent, type LookUpParent, parentKindOf, type ReadableAttachment } from './rows/parents.ts';
import type { AttachmentRow } from './rows/tables.ts';

/** A file, and what decides about it. */
export interface FoundAttachment {
  row: AttachmentRow;
  parent: AttachmentParent;
}

/** What the rules about files hand to an operation: also what its caller may do with it. */
export interface AttachmentSubject extends FoundAttachment {
  can: ReadableAttachment['can'];
}

/** Where somebody may upload files: to a workspace, or null for themselves. */
export interface UploaderSubject {
  workspaceId: string | null;
}

declare module '../../platform/module/index.ts' {
  interface AccessSubjects {
    'attachment:uploader': UploaderSubject;
    'attachment:reader': AttachmentSubject;
    'attachment:manager': AttachmentSubject;
  }
}

/** Finds a file with what decides about it; undefined if there is none. */
export type LookUpAttachment = (db: Executor, id: string) => Promise<FoundAttachment | undefined>;

/** @param lookUpParent finds what decides about a file that belongs to something */
export function createLookUp(lookUpParent: LookUpParent): LookUpAttachment {
  const parentOf = (row: AttachmentRow): AttachmentParent | undefined => {
    const kind = parentKindOf(row);
    return kind === undefined ? parentless : lookUpParent(kind);
  };
  return async (db, id) => {
    const row = (await attachmentsById(db, [id])).get(id);
    const parent = row && parentOf(row);
    return row && parent && { row, parent };
  };
}

/** A file for someone who may read it, signed in or not. Throws `not_found`. */
export async function readable(
  lookUp: LookUpAttachment,
  db: Executor,
  userId: string | undefined,
  id: string,
): Promise<AttachmentSubject> {
  const found = await lookUp(db, id);
  const readable = found && (await found.parent.readable(db, userId, [found.row])).get(id);
  if (found === undefined || readable === undefined) throw problem('not_found');
  return { ...found, can: readable.can };
}

/** Finds files for those who may read them. */
export function fileAccess(lookUp: LookUpAttachment): AccessLoaders {
  return {
    async 'attachment:uploader'(db, actor, input) {
      if (input.workspaceId === undefined) return { workspaceId: null };
      const workspaceId = String(input.workspaceId);
      if ((await membershipOf(db, workspaceId, actor.userId)) === undefined) throw problem('not_found');
      return { workspaceId };
    },
    'attachment:reader': (db, actor, input) => readable(lookUp, db, actor.userId, String(input.attachmentId)),
    async 'attachment:manager'(db, actor, input) {
      const subject = await readable(lookUp, db, actor.userId, String(input.attachmentId));
      if (!subject.can.delete) throw problem('forbidden');
      return subject;
    },
  };
}

/** Locks what the rules about files decide by. */
export function fileHolds(lookUp: LookUpAttachment): AccessHolds {
  return {
    async 'attachment:manager'(tx, { userId }, input) {
      const found = await lookUp(tx, String(input.attachmentId));
      await found?.parent.hold(tx, userId, found.row);
    },
  };
}
