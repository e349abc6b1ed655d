export interface BackupRunRow {
  id: string;
  place: string;
  name: string;
  started_at: Date;
  ended_at: Date | null;
  bytes: string | null;
  rows: string | null;
  failure: string | null;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    backup_run: BackupRunRow;
  }
}
