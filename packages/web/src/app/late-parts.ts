import { late } from '../ui/late.tsx';

/** Parts of the frame that nobody needs to see the first screen: fetched once that is drawn. */
export const CommandPalette = late(async () => (await import('./palette/command-palette.tsx')).CommandPalette);
export const SessionEnded = late(async () => (await import('./shell/session-ended.tsx')).SessionEnded);
