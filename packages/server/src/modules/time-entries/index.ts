export { trackedByDay, trackedInWorkspace, type WorkspaceTime } from './day-store.ts';
export {
  type Closing,
  closeEntries,
  correctionsOf,
  type EntryPosition,
  entryById,
  entryPage,
  insertEntry,
  MAX_ENTRY_MS,
  overlappingAmong,
  runningOf,
  runningOn,
  runningSince,
  updateEntry,
} from './entry-store.ts';
export { timeTables } from './lifecycle.ts';
export { timeParts } from './personal-data.ts';
export {
  countRunning,
  endedWithin,
  markAsked,
  markClockJump,
  peopleRunning,
  runningInWorkspace,
  unaskedSince,
} from './running-store.ts';
export { type EntryScope, entriesBetween, type SheetEntryRow } from './sheet-store.ts';
export type { TimeEntryRow } from './tables.ts';
export {
  addToBase,
  deleteWorkspaceTime,
  keepNames,
  openTaskTime,
  rateFor,
  setTaskRate,
  setWorkspaceRate,
  taskRate,
  workspaceRate,
} from './task-time-store.ts';
export { noTime, presentSession, timerOf, timersOf } from './timers.ts';
