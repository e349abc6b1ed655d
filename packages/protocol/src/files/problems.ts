import type { ProblemSpec } from '../core/problem.ts';

export const fileProblems = {
  bad_type: { status: 400, title: 'Files of this type or content are not accepted' },
  quota_exceeded: { status: 409, title: 'There is no room for these files' },
} as const satisfies Record<string, ProblemSpec>;
