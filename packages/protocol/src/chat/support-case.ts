import { z } from 'zod';
import { id } from '../core/primitives.ts';

export const supportStatus = z.enum(['unassigned', 'assigned', 'closed']);
export type SupportStatus = z.infer<typeof supportStatus>;

/** What the caller may do with a support case in its current status. */
export const supportCan = z.object({
  take: z.boolean().meta({ description: 'Take the case while it is unassigned' }),
  handOver: z.boolean().meta({ description: 'Assign the case to someone else, or return it to the queue' }),
  close: z.boolean(),
  reopen: z.boolean().meta({ description: 'Reopen the case: agents by taking it, the customer by writing' }),
});
export type SupportCan = z.infer<typeof supportCan>;

/** The status, customer and assignee of a support conversation. */
export const supportCase = z.object({
  status: supportStatus,
  customerId: id.nullable(),
  assigneeId: id
    .nullable()
    .meta({ description: 'For a closed case: the last assignee, who gets it back when it is reopened' }),
});
