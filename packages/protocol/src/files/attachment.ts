import { z } from 'zod';
import { id, instant, seq } from '../core/primitives.ts';

/** What is known of a picture, so that its place is there before it is. */
export const attachmentImage = z.object({
  width: z.int(),
  height: z.int(),
  placeholder: z.string().meta({ description: 'ThumbHash in base64, to be shown until the picture is loaded' }),
  thumbnailUrl: z.string().meta({ description: 'Path of a WebP of at most 320 by 320 pixels' }),
});

/** A file as it is shown with a task or a message. */
export const attachment = z.object({
  id,
  filename: z.string().meta({ description: 'As it was typed. Not unique' }),
  url: z.string().meta({
    description:
      'Path of the content on this server, for who is signed in; see attachments.link for one that is good without',
  }),
  type: z.string().meta({ description: 'Media type of the content' }),
  size: z.int().meta({ description: 'Bytes of the content' }),
  image: attachmentImage.optional().meta({ description: 'Only for pictures' }),
});
export type Attachment = z.infer<typeof attachment>;

/** What became of the size of a file. */
const optimization = z.object({
  originalSize: z.int(),
  optimizedSize: z.int(),
  ratio: z.int().meta({ description: 'Saved, in percent of the original size' }),
});

/** The files of one upload, in the order in which they were sent. */
export const upload = z.object({
  attachments: z.array(attachment.extend({ optimization })),
  total: optimization,
});
export type Upload = z.infer<typeof upload>;

/** A file in a list: also who uploaded it, where it is, and whether its reader may delete it. */
export const listedAttachment = attachment.extend({
  uploadedBy: id,
  createdAt: instant,
  taskId: id.nullable(),
  conversationId: id.nullable(),
  messageId: id.nullable(),
  can: z.object({ delete: z.boolean() }),
});
export type ListedAttachment = z.infer<typeof listedAttachment>;

/** A file in the list of a workspace: also what is needed to name and to open the thing that has it. */
export const workspaceAttachment = listedAttachment.extend({
  messageSeq: seq.nullable().meta({ description: 'Position of the message in the stream of its conversation' }),
  threadId: id.nullable().meta({ description: 'The thread that the message is a reply in' }),
  productId: id.nullable(),
  parentName: z.string().nullable().meta({
    description: 'Title of the task, or name of the conversation or of the product; null: it has none',
  }),
});
export type WorkspaceAttachment = z.infer<typeof workspaceAttachment>;

/** Pictures, and everything else. */
export const fileKind = z.enum(['image', 'document']);
export type FileKind = z.infer<typeof fileKind>;
