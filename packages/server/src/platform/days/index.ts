export { countDays, type Days, dayAt, daysBetween, isoDay, localDay, startOfDate, startOfWeek } from './days.ts';
export { periodOf } from './period.ts';
export { skippedDays } from './skipped.ts';
