import { z } from 'zod';
import { id } from '../core/primitives.ts';

export const supportStatus = z.enum(['unassigned', 'assigned', 'closed']);
export type SupportStatus = z.infer<typeof supportStatus>;

/** The status, customer and assignee of a support conversation. */
export const supportCase = z.object({
  status: supportStatus,
  customerId: id.nullable(),
  assigneeId: id
    .nullable()
    .meta({ description: 'For a closed case: the last assignee, who gets it back when it is reopened' }),
});
