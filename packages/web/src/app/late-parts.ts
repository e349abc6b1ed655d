import { late } from '../ui/late.tsx';

/** Parts of the frame that nobody needs to see the first screen: fetched once that is drawn. */
export const CommandPalette = late(async () => {
  const { CommandPalette: Part } = await import('./palette/command-palette.tsx');
  return { default: Part };
});
export const SessionEnded = late(async () => {
  const { SessionEnded: Part } = await import('./shell/session-ended.tsx');
  return { default: Part };
});
