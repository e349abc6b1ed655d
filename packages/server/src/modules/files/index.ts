import { availableParallelism } from 'node:os';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Module, Registry, Transact } from '../../platform/module/index.ts';
import type { Storage } from '../../platform/storage/index.ts';
import type { Keyring } from '../identity/index.ts';
import { createLookUp, fileAccess, fileHolds, readable } from './access.ts';
import { clearFiles, clearHandler } from './cleanup/clear.ts';
import { sweepHandler, sweepStorage } from './cleanup/sweep.ts';
import { attachmentContents } from './downloads/contents.ts';
import { attachmentPart } from './export.ts';
import { ImagePool } from './images/pool.ts';
import { fileListeners, fileTables } from './lifecycle.ts';
import { fileOperations } from './operations.ts';
import { createScan } from './receiving/scan.ts';
import { createParentLookUp } from './rows/parents.ts';
import { createUpload, type Upload } from './storing/upload.ts';

export { clearFiles } from './cleanup/clear.ts';
export {
  attachmentsOfConversation,
  attachmentsOfTask,
  claimForMessage,
  countOfTask,
  deleteAttachments,
  deleteAttachmentsOfMessages,
} from './rows/attachment-store.ts';
export { contentKey } from './rows/keys.ts';
export { storedObjectKeys } from './rows/object-keys.ts';
export type { AttachmentParent, ReadableAttachment } from './rows/parents.ts';
export { claimForProduct } from './rows/picture-store.ts';
export { contentPath, presentAttachment, presentImage, presentListed, presentUpload } from './rows/present.ts';
export type { AttachmentRow } from './rows/tables.ts';
export { usagesOf } from './rows/usage-store.ts';
export type { Upload } from './storing/upload.ts';

declare module '../../platform/module/index.ts' {
  interface Services {
    files: { upload: Upload };
  }
}

const CLEAR_MS = 600_000;
const DAY_MS = 86_400_000;

/** Files of tasks and messages, and pictures of people and products. */
export function filesModule(deps: {
  appUrl: string;
  clock: Pick<Clock, 'now'>;
  database: Database;
  fileQuotaBytes: number;
  keyring: Keyring;
  log: Log;
  modules: Pick<Registry, 'all'>;
  /** A program that scans files before they are stored. */
  scanCommand?: string | undefined;
  storage: Storage;
  transact: Transact;
}): Module {
  const { fileQuotaBytes: quotaBytes, modules } = deps;
  // Pictures leave half of the processor to everything else.
  const pool = new ImagePool({ size: Math.min(2, Math.max(1, availableParallelism() >> 1)) });
  const lookUpParent = createParentLookUp(modules);
  const lookUp = createLookUp(lookUpParent);
  const scan = createScan(deps.scanCommand);
  const upload = createUpload({ ...deps, quotaBytes, scan, convert: (task) => pool.convert(task) });
  return {
    name: 'files',
    operations: fileOperations({ ...deps, quotaBytes, upload, lookUpParent }),
    access: fileAccess(lookUp),
    holds: fileHolds(lookUp),
    contents: attachmentContents({ ...deps, find: (...reading) => readable(lookUp, ...reading) }),
    services: { files: { upload } },
    on: fileListeners,
    tables: fileTables,
    personalData: (db, userId) => [attachmentPart(db, userId)],
    jobs: [clearFiles.handledBy(clearHandler(deps)), sweepStorage.handledBy(sweepHandler(deps))],
    periodic: [
      { job: clearFiles, everyMs: CLEAR_MS },
      { job: sweepStorage, everyMs: DAY_MS },
    ],
    start: () => () => pool.stop(),
  };
}
