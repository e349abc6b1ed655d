import type { ProblemSpec } from '../core/problem.ts';

export const slashProblems = {
  unknown_command: { status: 422, title: 'There is no such command' },
} as const satisfies Record<string, ProblemSpec>;
