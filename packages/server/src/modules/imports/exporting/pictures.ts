import { ProblemError } from '../../../platform/module/index.ts';
import type { ExportedFile } from '../rows/export-format.ts';
import type { Exported } from './reader.ts';

/** A picture that is a file here, as the owner of the workspace sees it; undefined if they do not, or it is gone. */
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
