import type { Work } from '../../../platform/module/index.ts';

/** What code that changes tasks for somebody works with. */
export type TaskWork = Work & { actor: { userId: string } };
