import type { ProblemSpec } from '../core/problem.ts';

export const chatProblems = {
  archived: { status: 409, title: 'The conversation is archived' },
} as const satisfies Record<string, ProblemSpec>;
