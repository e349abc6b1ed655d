export { usePresence, usePresenceOf } from './hooks.ts';
export { useStatusEntries } from './status-entries.ts';
