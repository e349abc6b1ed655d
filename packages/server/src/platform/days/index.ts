export { countDays, type Days, dayAt, daysBetween, isoDay, localDay, startOfWeek } from './days.ts';
export { periodOf } from './period.ts';
export { skippedDays } from './skipped.ts';
