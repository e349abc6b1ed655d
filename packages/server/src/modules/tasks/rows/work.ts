import type { Work } from '../../../platform/module/index.ts';

/** The context of code that changes tasks for a user. */
export type TaskWork = Work & { actor: { userId: string } };
