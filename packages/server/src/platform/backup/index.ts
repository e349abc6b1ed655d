export { type BackupFile, type PartSink, readArchive } from './archive-reader.ts';
export { type BackupDestination, backupNameAt, outdated, type StoredBackup } from './destination.ts';
export { BadBackup, type Header, type Manifest, type Progress, TargetRefused } from './format.ts';
export { isBackupDestination, openBackupDestination } from './open-destination.ts';
export { checkBackup, type Restored, restoreBackup } from './restore-backup.ts';
export { type StreamSink, streamSink } from './stream-sink.ts';
export { type BackupSource, writeBackup } from './write-backup.ts';
export { type ExportedPart, type ExportSource, writeExport } from './write-export.ts';
export { FileExists } from './write-whole.ts';
