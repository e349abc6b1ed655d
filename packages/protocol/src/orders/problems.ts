import type { ProblemSpec } from '../core/problem.ts';

export const orderProblems = {
  price_changed: { status: 409, title: 'A price has changed' },
} as const satisfies Record<string, ProblemSpec>;
