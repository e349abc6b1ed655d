import type { Attachment, ListedAttachment, Upload } from '@atrium/protocol';
import type { AttachmentRow } from './tables.ts';

/** The path of the content, with `/thumbnail` behind it for that. */
export const CONTENT_PATH = '/attachments/:attachmentId/content';

/** The path of the content of a file. */
export const contentPath = (id: string) => `/api/v1/attachments/${id}/content`;

/** A file as everyone sees it who sees what it belongs to. */
export function presentAttachment(row: AttachmentRow): Attachment {
  const { id, filename, type, bytes } = row;
  const url = contentPath(id);
  const image = presentImage(row);
  return { id, filename, url, type, size: bytes, ...(image && { image }) };
}

/** What of a picture is known before it is there; undefined: it is none. */
export function presentImage({ id, width, height, placeholder }: AttachmentRow): Attachment['image'] {
  if (width === null || height === null || placeholder === null) return undefined;
  return { width, height, placeholder, thumbnailUrl: `${contentPath(id)}/thumbnail` };
}

/** A file in a list. */
export function presentListed(row: AttachmentRow, can: ListedAttachment['can']): ListedAttachment {
  return {
    ...presentAttachment(row),
    uploadedBy: row.uploader_id,
    createdAt: row.created_at.toISOString(),
    taskId: row.task_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    can,
  };
}

function optimizationOf(originalSize: number, optimizedSize: number): Upload['total'] {
  const saved = originalSize === 0 ? 0 : ((originalSize - optimizedSize) / originalSize) * 100;
  // Never -0.
  return { originalSize, optimizedSize, ratio: Math.round(saved) || 0 };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** An upload, with what it saved. */
export function presentUpload(rows: readonly AttachmentRow[]): Upload {
  return {
    attachments: rows.map((row) => ({
      ...presentAttachment(row),
      optimization: optimizationOf(row.original_bytes, row.bytes),
    })),
    total: optimizationOf(sum(rows.map((row) => row.original_bytes)), sum(rows.map((row) => row.bytes))),
  };
}
