/** A file as it is stored. */
export interface AttachmentRow {
  id: string;
  /** Its quota counts the file; null: a picture that somebody has in no workspace. */
  workspace_id: string | null;
  uploader_id: string;
  upload_id: string;
  position: number;
  stored: boolean;
  filename: string;
  type: string;
  bytes: number;
  original_bytes: number;
  /** Of a picture. */
  width: number | null;
  height: number | null;
  placeholder: string | null;
  thumbnail_bytes: number | null;
  task_id: string | null;
  conversation_id: string | null;
  message_id: string | null;
  product_id: string | null;
  /** Whether it is the picture of whoever uploaded it. */
  is_avatar: boolean;
  created_at: Date;
}

interface FileUsageRow {
  workspace_id: string;
  files: number;
  bytes: number;
}

interface RemovedObjectRow {
  attachment_id: string;
  removed_at: Date;
}

/** The column that names what a file was in, by the kind of what is gone. */
export const CLEARED_BY = { workspace: 'workspace_id', conversation: 'conversation_id' } as const;
export type ClearedKind = keyof typeof CLEARED_BY;

interface FileClearingRow {
  place_id: string;
  kind: ClearedKind;
  removed_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    attachment: AttachmentRow;
    file_usage: FileUsageRow;
    removed_object: RemovedObjectRow;
    file_clearing: FileClearingRow;
  }
}
