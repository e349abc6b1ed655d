import type { Upload } from '@atrium/protocol';
import { AtriumError, retryAfterMsOf } from '../error.ts';
import type { UploadFile } from '../http/files.ts';

const LONGEST_WAIT_MS = 60_000;

/**
 * Uploads the files of a message that is about to be sent. The upload has the id of the message, so however often this is
 * done, also after a restart, the files are stored once.
 * @returns what to send with the message
 * @throws AtriumError `aborted`, when the message must not go out as it is
 */
export async function uploadFor(
  files: readonly UploadFile[],
  workspaceId: string | undefined,
  upload: (workspaceId: string) => Promise<Upload>,
): Promise<{ attachmentIds?: string[] }> {
  if (files.length === 0) return {};
  // A storage of plain text keeps no bytes through a restart.
  if (!files.every(hasContent))
    throw new AtriumError('aborted', 'The files of this message are gone; choose them again');
  if (workspaceId === undefined) throw new AtriumError('aborted', 'Files are sent to conversations that are loaded');
  const { attachments } = await upload(workspaceId).catch(refuseLongWait);
  return { attachmentIds: attachments.map(({ id }) => id) };
}

/** The limit of uploads is by the hour: other messages to the conversation do not wait behind this one for so long. */
function refuseLongWait(error: unknown): never {
  const isLong = error instanceof AtriumError && (retryAfterMsOf(error) ?? 0) > LONGEST_WAIT_MS;
  throw isLong ? new AtriumError('aborted', error.message, error.problem, { cause: error }) : error;
}

function hasContent(file: UploadFile): boolean {
  return file instanceof Blob || file.content instanceof Blob;
}
