import type { Database } from '../../platform/database/index.ts';
import type { Module } from '../../platform/module/index.ts';
import { timesheetDownload } from './files/download.ts';
import { deleteLinksOf } from './files/link-store.ts';
import { timesheetTables } from './lifecycle.ts';
import { timesheetOperations } from './operations.ts';

/** Timesheets and their files. */
export function timesheetsModule(deps: { appUrl: string; clock: { now(): Date }; database: Database }): Module {
  return {
    name: 'timesheets',
    operations: timesheetOperations(deps),
    tables: timesheetTables,
    downloads: [timesheetDownload(deps)],
    on: { 'account:erasing': ({ tx }, { userId }) => deleteLinksOf(tx, userId) },
  };
}
