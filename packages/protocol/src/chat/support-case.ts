import { z } from 'zod';
import { id } from '../primitives.ts';

export const supportStatus = z.enum(['unassigned', 'assigned', 'closed']);
export type SupportStatus = z.infer<typeof supportStatus>;

/** Whose case a support conversation is, and who has it in hand. */
export const supportCase = z.object({
  status: supportStatus,
  customerId: id.nullable(),
  assigneeId: id.nullable().meta({ description: 'Of a closed case: who had it, and gets it back when it opens again' }),
});
