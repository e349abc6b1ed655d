import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { workspaceAccess } from './access.ts';
import { bots } from './bots.ts';
import { workspaceEvents } from './events.ts';
import { workspaceLimits } from './limits.ts';
import { members } from './member-operations.ts';
import { workspaces } from './operations.ts';
import { workspaceProblems } from './problems.ts';
import { workspaceState } from './workspace.ts';

export * from './bots.ts';
export * from './events.ts';
export * from './member-operations.ts';
export * from './operations.ts';
export * from './workspace.ts';

/** Workspaces, their members, and the bots in them. */
export const workspacesFeature = feature({
  groups: {
    workspaces: {
      title: 'Workspaces',
      description: 'A workspace brings people and their conversations together.',
      operations: workspaces,
    },
    members: { title: 'Members', description: 'The people in a workspace and their roles.', operations: members },
    bots: { title: 'Bots', description: 'Programs with their own account in a workspace.', operations: bots },
  },
  events: workspaceEvents,
  access: workspaceAccess,
  problems: workspaceProblems,
  limits: workspaceLimits,
  streams: ['workspace'],
  snapshot: { workspaces: z.array(workspaceState) },
});
