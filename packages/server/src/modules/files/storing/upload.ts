import { rm } from 'node:fs/promises';
import { sizes } from '@atrium/protocol';
import type { Database, Transaction } from '../../../platform/database/index.ts';
import { isUniqueViolation } from '../../../platform/database/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import {
  type IncomingFile,
  problem,
  type Transact,
  type UserActor,
  type Work,
} from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Storage } from '../../../platform/storage/index.ts';
import { holdCaller, lockAccount } from '../../identity/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { type ConvertImage, type PreparedFile, prepareFile } from '../receiving/prepare.ts';
import { receiveFiles } from '../receiving/receive.ts';
import type { ScanFile } from '../receiving/scan.ts';
import {
  attachmentsOfUpload,
  deleteAttachments,
  insertAttachments,
  publishAttachments,
} from '../rows/attachment-store.ts';
import { contentKey, thumbnailKey } from '../rows/keys.ts';
import type { AttachmentRow } from '../rows/tables.ts';
import { countOwn, usageOf } from '../rows/usage-store.ts';

/** Files that somebody uploads. */
export interface Uploading {
  actor: UserActor;
  /** Its quota counts them; null: pictures of their own, in no workspace. */
  workspaceId: string | null;
  /** Names the upload, if the caller may repeat it. */
  uploadId?: string | undefined;
  files: AsyncIterable<IncomingFile>;
  /** The task to which they go, if any. */
  taskId?: string;
  /** Decides again, behind locks, whether they may be added, and tells of them. `rows` are where they belong by now. */
  publish?(work: Work, rows: readonly AttachmentRow[]): Promise<void>;
}

export interface UploadDeps {
  database: Pick<Database, 'db'>;
  transact: Transact;
  storage: Storage;
  convert: ConvertImage;
  scan: ScanFile;
  clock: { now(): Date };
  quotaBytes: number;
  log: Log;
}

/** After this long an upload whose files are not in the storage is taken for lost when it is repeated. */
const LOST_MS = 120_000;

/** Receives, checks, converts and stores the files of a request; all of them, or none. */
export type Upload = (uploading: Uploading) => Promise<AttachmentRow[]>;

/**
 * Makes the way in which files come in. The rows are written first and shown last, so that bytes in the storage always
 * have a row: whatever interrupts it, the clearing job finds what is left.
 */
export function createUpload(deps: UploadDeps): Upload {
  return async (uploading) => {
    const known = await knownUpload(deps, uploading);
    if (known !== undefined) return known;
    const paths: string[] = [];
    try {
      const prepared = await prepareAll(deps, uploading, (path) => paths.push(path));
      return await storeAll(deps, uploading, prepared);
    } finally {
      await Promise.all(paths.map((path) => rm(path, { force: true })));
    }
  };
}

/** What an upload of the same name has stored. Throws `in_progress`, and `idempotency_mismatch` for another place. */
async function knownUpload(
  { clock, database }: Pick<UploadDeps, 'clock' | 'database'>,
  { actor: { userId }, uploadId, taskId, workspaceId }: Uploading,
): Promise<AttachmentRow[] | undefined> {
  const rows = uploadId === undefined ? [] : await attachmentsOfUpload(database.db, userId, uploadId);
  const [first] = rows;
  if (first === undefined) return undefined;
  if (first.workspace_id !== workspaceId || (taskId !== undefined && first.stored && first.task_id !== taskId)) {
    throw problem('idempotency_mismatch');
  }
  if (rows.every(({ stored }) => stored)) return rows;
  if (clock.now().getTime() - first.created_at.getTime() < LOST_MS)
    throw problem('in_progress', { retryAfterMs: 2_000 });
  return undefined;
}

async function prepareAll(
  { storage, convert, scan }: Pick<UploadDeps, 'storage' | 'convert' | 'scan'>,
  { files }: Uploading,
  written: (path: string) => void,
): Promise<PreparedFile[]> {
  const received = await receiveFiles(files, storage.incoming, written);
  const prepared = [];
  for (const file of received) {
    await scan(file);
    prepared.push(await prepareFile(file, convert, written));
  }
  return prepared;
}

async function storeAll(
  deps: UploadDeps,
  uploading: Uploading,
  prepared: readonly PreparedFile[],
): Promise<AttachmentRow[]> {
  const rows = await reserve(deps, uploading, prepared).catch(async (error: unknown) => {
    const winner = isUniqueViolation(error) ? await knownUpload(deps, uploading) : undefined;
    if (winner === undefined) throw error;
    return winner;
  });
  if (rows.every(({ stored }) => stored)) return rows;
  try {
    await putAll(deps.storage, rows, prepared);
    return await publish(deps, uploading, rows);
  } catch (error) {
    await discard(deps, uploading, rows);
    throw error;
  }
}

/** Writes the rows, which count against the quota from now on. Throws `quota_exceeded`. */
function reserve(
  { transact, quotaBytes }: UploadDeps,
  { actor: { userId }, workspaceId, uploadId = newId() }: Uploading,
  prepared: readonly PreparedFile[],
): Promise<AttachmentRow[]> {
  return transact({ actorId: userId }, async ({ tx, now }) => {
    await holdOwner(tx, userId, workspaceId);
    if (workspaceId === null) refuseDocuments(prepared);
    const lost = (await attachmentsOfUpload(tx, userId, uploadId)).filter(
      ({ stored, created_at }) => !stored && now.getTime() - created_at.getTime() >= LOST_MS,
    );
    if (lost.length > 0)
      await deleteAttachments(
        tx,
        lost.map(({ id }) => id),
      );
    const place = { workspace_id: workspaceId, uploader_id: userId, upload_id: uploadId, created_at: now };
    const rows = prepared.map((file, position) => ({ ...place, ...toRow(file), position }));
    await insertAttachments(tx, rows);
    await checkQuota(tx, userId, workspaceId, quotaBytes);
    return rows;
  });
}

/** Locks what the files belong to. Throws `not_found` for who is no member of the workspace. */
async function holdOwner(tx: Transaction, userId: string, workspaceId: string | null): Promise<void> {
  if (workspaceId === null) {
    // Whoever uploads twice at once is counted one after the other.
    if ((await lockAccount(tx, userId)) === undefined) throw problem('invalid_token');
    return;
  }
  const [member] = await holdMemberships(tx, workspaceId, [userId]);
  if (member === undefined) throw problem('not_found');
}

/** What belongs to no workspace can only become a picture of its owner. Throws `bad_type`. */
function refuseDocuments(prepared: readonly PreparedFile[]): void {
  const other = prepared.find(({ image }) => image === undefined);
  if (other !== undefined) {
    throw problem('bad_type', `${other.filename}: without a workspace only pictures are accepted.`);
  }
}

/** Throws `quota_exceeded` when the files that are written by now are too many. */
async function checkQuota(tx: Transaction, userId: string, workspaceId: string | null, bytes: number): Promise<void> {
  if (workspaceId !== null) {
    if ((await usageOf(tx, workspaceId)).bytes > bytes) throw problem('quota_exceeded');
  } else if ((await countOwn(tx, userId)) > sizes.ownFiles) {
    throw problem('quota_exceeded', `At most ${sizes.ownFiles} pictures of yours can wait to be used.`);
  }
}

function toRow({ filename, type, bytes, originalBytes, image }: PreparedFile) {
  return {
    id: newId(),
    stored: false,
    filename,
    type,
    bytes,
    original_bytes: originalBytes,
    width: image?.width ?? null,
    height: image?.height ?? null,
    placeholder: image?.placeholder ?? null,
    thumbnail_bytes: image?.thumbnailBytes ?? null,
    task_id: null,
    conversation_id: null,
    message_id: null,
    product_id: null,
    is_avatar: false,
  };
}

async function putAll(
  storage: Storage,
  rows: readonly AttachmentRow[],
  prepared: readonly PreparedFile[],
): Promise<void> {
  for (const [at, { id }] of rows.entries()) {
    const file = prepared[at];
    if (file === undefined) throw new Error('A row was written without its file.');
    if (file.image !== undefined) await storage.put(thumbnailKey(id), file.image.thumbnail);
    await storage.put(contentKey(id), file.path);
  }
}

/** The bytes are there: now the files are shown. */
function publish({ transact }: UploadDeps, uploading: Uploading, rows: readonly AttachmentRow[]) {
  const { actor, taskId = null } = uploading;
  const stored = rows.map((row) => ({ ...row, stored: true, task_id: taskId }));
  return transact({ actorId: actor.userId }, async (work) => {
    await uploading.publish?.(work, stored);
    await holdCaller(work.tx, actor);
    const ids = rows.map(({ id }) => id);
    // Taken for lost meanwhile, or the workspace is gone.
    if ((await publishAttachments(work.tx, ids, taskId)) < rows.length) throw problem('not_found');
    return stored;
  });
}

/** What cannot be discarded now is discarded by the clearing job. */
async function discard(
  { transact, log }: UploadDeps,
  { actor: { userId } }: Uploading,
  rows: readonly AttachmentRow[],
) {
  const ids = rows.map(({ id }) => id);
  await transact({ actorId: userId }, ({ tx }) => deleteAttachments(tx, ids)).catch((error: unknown) =>
    log.warn({ err: error }, 'the files of a failed upload are removed later'),
  );
}
