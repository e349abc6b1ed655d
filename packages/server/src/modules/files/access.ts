import type { Executor } from '../../platform/database/index.ts';
import { type AccessHolds, type AccessLoaders, problem, type Registry } from '../../platform/module/index.ts';
import { membershipOf } from '../workspaces/index.ts';
import { attachmentsById } from './rows/attachment-store.ts';
import { parentless } from './rows/parentless.ts';
import { type AttachmentParent, parentKindOf } from './rows/parents.ts';
import type { AttachmentRow } from './rows/tables.ts';

/** What the rules about files hand to an operation: the file, and what decides about it. */
export interface AttachmentSubject {
  row: AttachmentRow;
  place: AttachmentParent;
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
export type LookUpAttachment = (db: Executor, id: string) => Promise<AttachmentSubject | undefined>;

/** @param modules of which some have things with files */
export function createLookUp(modules: Pick<Registry, 'all'>): LookUpAttachment {
  const placeOf = (row: AttachmentRow): AttachmentParent | undefined => {
    const kind = parentKindOf(row);
    if (kind === undefined) return parentless;
    return modules.all().find(({ attachmentParents }) => attachmentParents?.[kind] !== undefined)?.attachmentParents?.[
      kind
    ];
  };
  return async (db, id) => {
    const row = (await attachmentsById(db, [id])).get(id);
    const place = row && placeOf(row);
    return row && place && { row, place };
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
  if (found === undefined || !(await found.place.mayRead(db, userId, found.row))) throw problem('not_found');
  return found;
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
      if (!(await subject.place.mayDelete(db, actor.userId, subject.row))) throw problem('forbidden');
      return subject;
    },
  };
}

/** Locks what the rules about files decide by. */
export function fileHolds(lookUp: LookUpAttachment): AccessHolds {
  return {
    async 'attachment:manager'(tx, { userId }, input) {
      const found = await lookUp(tx, String(input.attachmentId));
      await found?.place.hold(tx, userId, found.row);
    },
  };
}
