import { z } from 'zod';
import { id } from '../core/primitives.ts';

export const supportStatus = z.enum(['unassigned', 'assigned', 'closed']);
export type SupportStatus = z.infer<typeof supportStatus>;

/** What the asking person may do with a support case now: its status counts. */
export const supportCan = z.object({
  take: z.boolean().meta({ description: 'Take it while nobody has it' }),
  handOver: z.boolean().meta({ description: 'Give it to somebody else, or back to the queue' }),
  close: z.boolean(),
  reopen: z.boolean().meta({ description: 'By taking it; the customer by writing' }),
});
export type SupportCan = z.infer<typeof supportCan>;

/** Whose case a support conversation is, and who has it in hand. */
export const supportCase = z.object({
  status: supportStatus,
  customerId: id.nullable(),
  assigneeId: id.nullable().meta({ description: 'Of a closed case: who had it, and gets it back when it opens again' }),
});
