import { late } from '../ui/late.tsx';

/** Parts of the frame that the first screen does not need: loaded after it is rendered. */
export const CommandPalette = late(async () => (await import('./palette/command-palette.tsx')).CommandPalette);
export const SessionEnded = late(async () => (await import('./shell/session-ended.tsx')).SessionEnded, {
  canWait: true,
});
