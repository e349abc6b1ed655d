export { BadBackup, type Header, type Manifest, TargetRefused } from './format.ts';
export { checkBackup, type Restored, restoreBackup } from './restore-backup.ts';
export { type StreamSink, streamSink } from './stream-sink.ts';
export { type BackupSource, FileExists, writeBackup } from './write-backup.ts';
