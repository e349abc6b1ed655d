import type { ProblemSpec } from '../core/problem.ts';

export const workspaceProblems = {
  already_member: { status: 409, title: 'Already a member' },
  last_owner: { status: 409, title: 'The last owner cannot leave' },
} as const satisfies Record<string, ProblemSpec>;
