import { feature } from '../core/feature.ts';
import { commands } from './operations.ts';
import { slashProblems } from './problems.ts';

export * from './operations.ts';

/** Commands that people type after a slash. */
export const slashFeature = feature({
  groups: {
    commands: {
      title: 'Slash commands',
      description: 'Commands that people type after a slash.',
      operations: commands,
    },
  },
  problems: slashProblems,
});
