import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { attachmentsById } from './attachment-store.ts';
import type { AttachmentRow } from './tables.ts';

/** Makes an unused picture of somebody the one by which they are shown. @returns false when there is none such */
export async function claimAsAvatar(tx: Transaction, uploaderId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attachment set is_avatar = true
    where id = ${id} and uploader_id = ${uploaderId} and workspace_id is null and stored and width is not null
  `.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Deletes the picture by which somebody is shown; its bytes go later. */
export async function deleteAvatar(tx: Transaction, uploaderId: string): Promise<void> {
  await sql`delete from attachment where uploader_id = ${uploaderId} and is_avatar`.execute(tx);
}

/** Makes unused pictures of somebody those of a product. @returns those that were, by id */
export async function claimForProduct(
  tx: Transaction,
  claim: { attachmentIds: readonly string[]; uploaderId: string; workspaceId: string; productId: string },
): Promise<Map<string, AttachmentRow>> {
  const { rows } = await sql<{ id: string }>`
    update attachment set product_id = ${claim.productId}
    where id = any(${claim.attachmentIds}::uuid[]) and uploader_id = ${claim.uploaderId}
      and workspace_id = ${claim.workspaceId} and stored and width is not null
      and task_id is null and message_id is null and product_id is null
    returning id
  `.execute(tx);
  return attachmentsById(
    tx,
    rows.map(({ id }) => id),
  );
}
