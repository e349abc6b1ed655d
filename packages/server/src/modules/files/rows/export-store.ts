import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** A file as it is given to who uploaded it. */
export interface UploadedFile {
  id: string;
  workspaceId: string | null;
  filename: string;
  type: string;
  bytes: number;
  taskId: string | null;
  messageId: string | null;
  productId: string | null;
  isAvatar: boolean;
  createdAt: Date;
}

/** A page of the files that somebody uploaded, the first one first. */
export async function uploadedBy(
  db: Executor,
  userId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<UploadedFile[]> {
  const { rows } = await sql<UploadedFile>`
    select id, workspace_id as "workspaceId", filename, type, bytes, task_id as "taskId", message_id as "messageId",
      product_id as "productId", is_avatar as "isAvatar", created_at as "createdAt"
    from attachment
    where uploader_id = ${userId} and stored and ${after === undefined ? sql`true` : sql`id > ${after}`}
    order by id limit ${limit}
  `.execute(db);
  return rows;
}
