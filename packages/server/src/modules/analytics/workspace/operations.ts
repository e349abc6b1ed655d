import { analytics } from '@atrium/protocol';
import { read } from '../../../platform/module/index.ts';
import { readWorkspace } from './read.ts';

/** What was done in a workspace. */
export const workspaceOperation = read(analytics.ofWorkspace, ({ actor: { userId }, db, input, now }) =>
  readWorkspace(db, userId, input, now),
);
