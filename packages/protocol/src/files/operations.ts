import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text } from '../core/primitives.ts';
import { attachment, fileKind, listedAttachment, upload, workspaceAttachment } from './attachment.ts';
import { fileSizes } from './limits.ts';

const one = z.strictObject({ attachmentId: id });
const uploadId = id.meta({ description: 'Names the upload: sent again with the same one, the files are stored once' });
const uploadErrors = ['bad_type', 'quota_exceeded', 'conflict', 'idempotency_mismatch'] as const;
const bounds = [
  `At most ${fileSizes.files} files of ${fileSizes.file / 1024 / 1024} MB each; all are stored, or none.`,
  'Pictures (JPEG, PNG, GIF, WebP, AVIF) are turned upright, fitted into 1920 by 1080 pixels and freed of metadata;',
  'also accepted are PDF, Office documents, plain text and CSV.',
].join(' ');
const list = { limit, cursor: cursor.optional() };

/** Files of tasks and messages. */
export const attachments = operationGroup('attachments', {
  upload: operation({
    summary: 'Upload files for a message, a product or your profile',
    description: [
      bounds,
      'Name them in messages.send, in the images of products.create and products.update, or in users.updateMe.',
      'A picture for your own profile has no workspaceId, and only pictures may be without one.',
      `What is not used within ${fileSizes.unusedHours} hours is removed.`,
    ].join(' '),
    method: 'POST',
    path: '/attachments',
    files: true,
    access: 'attachment:uploader',
    limit: 'upload',
    ownKey: 'uploadId',
    input: z.strictObject({
      workspaceId: id.optional().meta({ description: 'Whose quota counts them' }),
      uploadId: uploadId.optional(),
    }),
    output: upload,
    status: 201,
    errors: uploadErrors,
  }),
  addToTask: operation({
    summary: 'Add files to a task',
    description: bounds,
    method: 'POST',
    path: '/tasks/:taskId/attachments',
    files: true,
    access: 'task:editor',
    limit: 'upload',
    ownKey: 'uploadId',
    input: z.strictObject({ taskId: id, uploadId: uploadId.optional() }),
    output: upload,
    status: 201,
    errors: uploadErrors,
  }),
  ofTask: operation({
    summary: 'List the files of a task',
    description: 'The latest first.',
    method: 'GET',
    path: '/tasks/:taskId/attachments',
    access: 'task:reader',
    limit: 'user',
    input: z.strictObject({ taskId: id, ...list }),
    output: page(listedAttachment),
  }),
  ofConversation: operation({
    summary: 'List the files of a conversation',
    description: 'The latest first.',
    method: 'GET',
    path: '/conversations/:conversationId/attachments',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, ...list }),
    output: page(listedAttachment),
  }),
  ofWorkspace: operation({
    summary: 'List the files of a workspace',
    description: [
      'Those of messages, tasks and products that you can read, the latest first.',
      'A page can have fewer files than `limit`, or none, and still have a `nextCursor`.',
    ].join(' '),
    method: 'GET',
    path: '/workspaces/:workspaceId/attachments',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      kind: fileKind.optional().meta({ description: 'Only pictures, or only what is none' }),
      q: text(1, fileSizes.searchedName).optional().meta({ description: 'Only files with this text in their name' }),
      ...list,
    }),
    output: page(workspaceAttachment),
  }),
  get: operation({
    summary: 'Get a file without its content',
    method: 'GET',
    path: '/attachments/:attachmentId',
    access: 'attachment:reader',
    limit: 'user',
    input: one,
    output: attachment,
  }),
  link: operation({
    summary: 'Get a link to the content of a file',
    description: `It needs no session, is good for ${fileSizes.linkMinutes} minutes, and only as long as you can read the file.`,
    method: 'GET',
    path: '/attachments/:attachmentId/link',
    access: 'attachment:reader',
    limit: 'user',
    input: one.extend({ variant: z.enum(['file', 'thumbnail']).default('file') }),
    output: z.object({ url: z.string(), expiresAt: instant }),
  }),
  delete: operation({
    summary: 'Delete a file',
    method: 'DELETE',
    path: '/attachments/:attachmentId',
    access: 'attachment:manager',
    limit: 'user',
    input: one,
    output: nothing,
  }),
  usage: operation({
    summary: 'Get how much room the files of a workspace take',
    method: 'GET',
    path: '/workspaces/:workspaceId/attachments/usage',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: z.object({ files: z.int(), bytes: z.int(), quotaBytes: z.int() }),
  }),
});
