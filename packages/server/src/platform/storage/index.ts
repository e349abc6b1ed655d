import path from 'node:path';
import { createDiskStorage } from './disk-storage.ts';
import { createS3Storage } from './s3-storage.ts';
import type { Storage } from './storage.ts';

export { diskSpace } from './disk-space.ts';
export { removeAbandoned } from './incoming.ts';
export { type StorageMonitor, startStorageMonitor } from './monitor.ts';
export { missingAs404, openBucket, parseS3Url, type S3Location } from './s3-bucket.ts';
export { type ByteRange, MissingObject, type Storage } from './storage.ts';

/** Opens the configured storage: a bucket, or else a folder of the data directory. */
export function openStorage({ s3Url, dataDir }: { s3Url: string | undefined; dataDir: string }): Promise<Storage> {
  const directory = path.join(dataDir, 'files');
  return s3Url === undefined ? createDiskStorage(directory) : createS3Storage(s3Url, path.join(directory, 'incoming'));
}
