import type { Attachment } from '@atrium/protocol';
import { fileSizes } from '@atrium/protocol/file-limits';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { createUploads } from './model/uploads.ts';

const uploadsByTask = new Map<string, ReturnType<typeof createUploads>>();

/** The files that are on their way to a task; they go on while other pages are looked at. */
export function uploadsOf(taskId: string): ReturnType<typeof createUploads> {
  const known = uploadsByTask.get(taskId);
  if (known) return known;
  const uploads = createUploads(
    (files, { signal, onProgress }) =>
      client.api.attachments.addToTask(
        { taskId },
        { files, signal, onProgress: ({ sent, total }) => onProgress(total === 0 ? 0 : sent / total) },
      ),
    fileSizes.files,
  );
  uploadsByTask.set(taskId, uploads);
  return uploads;
}

/** Deletes a file for everybody. */
export async function deleteFile({ id, filename }: Attachment): Promise<boolean> {
  try {
    await client.call('attachments.delete', { attachmentId: id });
    return true;
  } catch (error) {
    showToast({ kind: 'problem', title: t`“${filename}” was not deleted`, body: problemText(error) });
    return false;
  }
}

/** An address of a file that needs no session, for a few minutes. */
export async function linkTo({ id }: Pick<Attachment, 'id'>, variant: 'file' | 'thumbnail' = 'file'): Promise<string> {
  const { url } = await client.call('attachments.link', { attachmentId: id, variant });
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
}

/** Saves a file on this device. */
export async function download(file: Attachment): Promise<void> {
  const { filename } = file;
  try {
    const link = document.createElement('a');
    link.href = await linkTo(file);
    link.download = filename;
    link.click();
  } catch (error) {
    showToast({ kind: 'problem', title: t`“${filename}” could not be downloaded`, body: problemText(error) });
  }
}
