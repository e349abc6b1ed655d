import type { ProblemSpec } from '../core/problem.ts';

export const catalogProblems = {
  out_of_stock: { status: 409, title: 'There is not enough in stock' },
} as const satisfies Record<string, ProblemSpec>;
