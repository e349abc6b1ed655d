import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import type { AttachmentRow } from './tables.ts';

const columns: RawBuilder<AttachmentRow> = sql`
  id, workspace_id, uploader_id, upload_id, position, stored, filename, type, bytes, original_bytes, width, height,
  placeholder, thumbnail_bytes, task_id, conversation_id, message_id, product_id, is_avatar, created_at
`;

/** Adds files of one upload that are not in the storage yet. A unique violation says that the upload is known. */
export async function insertAttachments(tx: Transaction, rows: readonly AttachmentRow[]): Promise<void> {
  await tx
    .insertInto('attachment')
    .values([...rows])
    .execute();
}

/** Files that are in the storage, by id. */
export async function attachmentsById(db: Executor, ids: readonly string[]): Promise<Map<string, AttachmentRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<AttachmentRow>`
    select ${columns} from attachment where id = any(${ids}::uuid[]) and stored
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The files of an upload in their order, those that are not in the storage yet among them. */
export async function attachmentsOfUpload(
  db: Executor,
  uploaderId: string,
  uploadId: string,
): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`
    select ${columns} from attachment where uploader_id = ${uploaderId} and upload_id = ${uploadId} order by position
  `.execute(db);
  return rows;
}

/**
 * Says that files are in the storage, and puts them where they belong.
 * @returns how many there still were
 */
export async function publishAttachments(
  tx: Transaction,
  ids: readonly string[],
  taskId: string | null,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update attachment set stored = true, task_id = ${taskId} where id = any(${ids}::uuid[]) and not stored
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** A page of the files of a task, the latest first. */
export async function attachmentsOfTask(db: Executor, taskId: string, page: IdPage): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`
    select ${columns} from attachment
    where task_id = ${taskId} and ${page.after === undefined ? sql`true` : sql`id < ${page.after}`}
    order by id desc limit ${page.limit}
  `.execute(db);
  return rows;
}

/** How many files a task has. */
export async function countOfTask(db: Executor, taskId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from attachment where task_id = ${taskId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** A page of the files of a conversation, the latest first. */
export async function attachmentsOfConversation(
  db: Executor,
  conversationId: string,
  page: IdPage,
): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`
    select ${columns} from attachment
    where conversation_id = ${conversationId} and ${page.after === undefined ? sql`true` : sql`id < ${page.after}`}
    order by id desc limit ${page.limit}
  `.execute(db);
  return rows;
}

/** A part of the files of a workspace. */
export interface WorkspacePart {
  /** The id of the file that they come after; undefined: from the latest on. */
  after: string | undefined;
  limit: number;
}

/** The statement that finds files of a workspace that are in the storage, the latest first. */
export function attachmentsQuery(workspaceId: string, { after, limit }: WorkspacePart): RawBuilder<AttachmentRow> {
  return sql<AttachmentRow>`
    select ${columns} from attachment
    where workspace_id = ${workspaceId} and stored and ${after === undefined ? sql`true` : sql`id < ${after}`}
    order by id desc limit ${limit}
  `;
}

/** Files of a workspace that are in the storage, the latest first, whoever may read them. */
export async function attachmentsInWorkspace(
  db: Executor,
  workspaceId: string,
  part: WorkspacePart,
): Promise<AttachmentRow[]> {
  return (await attachmentsQuery(workspaceId, part).execute(db)).rows;
}

/** Makes unused files of somebody part of a message. @returns those that were, by id */
export async function claimForMessage(
  tx: Transaction,
  claim: {
    attachmentIds: readonly string[];
    uploaderId: string;
    workspaceId: string;
    messageId: string;
    conversationId: string;
  },
): Promise<Map<string, AttachmentRow>> {
  const { rows } = await sql<AttachmentRow>`
    update attachment set message_id = ${claim.messageId}, conversation_id = ${claim.conversationId}
    where id = any(${claim.attachmentIds}::uuid[]) and uploader_id = ${claim.uploaderId}
      and workspace_id = ${claim.workspaceId} and stored and task_id is null and message_id is null and product_id is null
    returning ${columns}
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Deletes the files of messages. @returns how many there were */
export async function deleteAttachmentsOfMessages(tx: Transaction, messageIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from attachment where message_id = any(${messageIds}::uuid[])
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Deletes files; their bytes go later. @returns how many there were */
export async function deleteAttachments(tx: Transaction, ids: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`delete from attachment where id = any(${ids}::uuid[])`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Deletes the files of tasks. */
export async function deleteAttachmentsOfTasks(tx: Transaction, taskIds: readonly string[]): Promise<void> {
  await sql`delete from attachment where task_id = any(${taskIds}::uuid[])`.execute(tx);
}

/** Deletes files of somebody that belong to nothing, or show them. */
export async function deleteOwnOf(tx: Transaction, uploaderId: string): Promise<void> {
  await sql`
    delete from attachment
    where uploader_id = ${uploaderId} and task_id is null and message_id is null and product_id is null
  `.execute(tx);
}
