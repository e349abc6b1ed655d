import type { Executor } from '../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../identity/index.ts';
import { type UploadedFile, uploadedBy } from './rows/export-store.ts';

/** The files that somebody uploaded, in the copy of their data; the bytes are behind the links of the app. */
export function attachmentPart(db: Executor, userId: string): ExportPart {
  return {
    name: 'attachments',
    about: 'Files that you uploaded: names, types, sizes and where they are',
    pages: pagesOf<UploadedFile, string>(
      (after) => uploadedBy(db, userId, { after, limit: EXPORT_PAGE }),
      ({ id }) => id,
    ),
  };
}
