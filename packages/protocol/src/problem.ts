import { z } from 'zod';
import { type ProblemCode, problems } from './contract.ts';
import { inputFault } from './core/problem.ts';

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** RFC 9457 problem details, the same object as a REST body and as `error` in a socket ack. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(inputFault).optional(),
  retryAfterMs: z.int().optional(),
  current: z.unknown().optional().meta({ description: 'The current state, with version_conflict' }),
});
export type Problem = z.infer<typeof problem>;
