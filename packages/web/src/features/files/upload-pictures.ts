import { client } from '../../live/client.ts';
import { isPicture, type PictureFile } from './model/model.ts';

/**
 * Uploads pictures that are put to use afterwards. Throws AtriumError when they are refused: all of them, or none.
 * @param workspaceId whose quota counts them; undefined: they are for one's own profile
 * @param onProgress told how much has been sent, 0 to 1
 */
export async function uploadPictures(
  workspaceId: string | undefined,
  files: readonly File[],
  onProgress?: (part: number) => void,
): Promise<PictureFile[]> {
  const { attachments } = await client.api.attachments.upload(workspaceId === undefined ? {} : { workspaceId }, {
    files,
    onProgress: ({ sent, total }) => onProgress?.(total === 0 ? 0 : sent / total),
  });
  return attachments.filter(isPicture);
}
