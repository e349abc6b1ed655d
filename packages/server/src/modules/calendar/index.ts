import type { Database } from '../../platform/database/index.ts';
import type { Module } from '../../platform/module/index.ts';
import { calendarFeed } from './feed.ts';
import { calendarTables } from './lifecycle.ts';
import { calendarOperations } from './operations.ts';
import { deleteFeed } from './store.ts';

/** Due dates for calendar programs. */
export function calendarModule(deps: { appUrl: string; database: Database }): Module {
  return {
    name: 'calendar',
    operations: calendarOperations(deps),
    feeds: [calendarFeed(deps)],
    tables: calendarTables,
    on: { 'account:erasing': ({ tx }, { userId }) => deleteFeed(tx, userId) },
  };
}
