import type { Upload } from '@atrium/protocol';
import { AtriumError, retryAfterMsOf } from '../error.ts';
import type { UploadFile } from '../http/files.ts';

const LONGEST_WAIT_MS = 60_000;

/**
 * Uploads the files of a message before it is sent. The upload has the id of the message, so the files are stored once
 * however often this is repeated, also after a restart.
 * @returns what to send with the message
 * @throws AtriumError `aborted` if the message must not be sent as it is
 */
export async function uploadFor(
  files: readonly UploadFile[],
  workspaceId: string | undefined,
  upload: (workspaceId: string) => Promise<Upload>,
): Promise<{ attachmentIds?: string[] }> {
  if (files.length === 0) return {};
  // A storage of plain text does not keep file contents through a restart.
  if (!files.every(hasContent))
    throw new AtriumError('aborted', 'The files of this message are no longer available; choose them again');
  if (workspaceId === undefined)
    throw new AtriumError('aborted', 'Files can be sent only to conversations in the state');
  const { attachments } = await upload(workspaceId).catch(refuseLongWait);
  return { attachmentIds: attachments.map(({ id }) => id) };
}

/** The limit of uploads is per hour: other messages to the conversation must not wait that long. */
function refuseLongWait(error: unknown): never {
  const isLong = error instanceof AtriumError && (retryAfterMsOf(error) ?? 0) > LONGEST_WAIT_MS;
  throw isLong ? new AtriumError('aborted', error.message, error.problem, { cause: error }) : error;
}

function hasContent(file: UploadFile): boolean {
  return file instanceof Blob || file.content instanceof Blob;
}
