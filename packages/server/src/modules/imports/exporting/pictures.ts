import { ProblemError } from '../../../platform/module/index.ts';
import type { ExportedFile } from '../rows/export-format.ts';
import type { Exported } from './reader.ts';

/** A stored picture, as the owner of the workspace sees it; undefined if they cannot see it or it is deleted. */
export async function pictureFile(exported: Exported, attachmentId: string): Promise<ExportedFile | undefined> {
  try {
    const { filename, id, type } = await exported.read(exported.ownerId, (api) =>
      api.attachments.get({ attachmentId }),
    );
    exported.objects.add(id);
    return { id, filename, type };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'not_found') throw error;
    exported.omit('pictures that the owner does not see');
    return undefined;
  }
}
