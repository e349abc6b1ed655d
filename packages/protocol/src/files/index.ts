import { feature } from '../core/feature.ts';
import { fileAccess } from './access.ts';
import { fileEvents } from './events.ts';
import { fileLimits, fileSizes } from './limits.ts';
import { attachments } from './operations.ts';
import { fileProblems } from './problems.ts';

export * from './attachment.ts';
export * from './events.ts';
export * from './operations.ts';

/** Files of tasks and messages. */
export const filesFeature = feature({
  groups: {
    attachments: { title: 'Attachments', description: 'Files of tasks and messages.', operations: attachments },
  },
  events: fileEvents,
  access: fileAccess,
  problems: fileProblems,
  limits: fileLimits,
  sizes: fileSizes,
});
