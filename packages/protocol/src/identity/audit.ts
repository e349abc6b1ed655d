import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, page } from '../core/primitives.ts';

/** An entry of the audit log: what happened, who did it and from where. */
export const auditEntry = z.object({
  id,
  at: instant,
  kind: z.string().meta({ description: 'For instance sign_in_failed or account_deleted' }),
  actor: z.object({ id, name: z.string() }).nullable().meta({ description: 'null if unknown, or the server itself' }),
  targetId: id.nullable().meta({ description: 'The account, session, conversation or other object that was affected' }),
  targetName: z.string().nullable().meta({ description: 'Its name, if it is an account' }),
  ip: z.string(),
  device: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  requestId: z.string().nullable(),
});
export type AuditLogEntry = z.infer<typeof auditEntry>;

const filters = {
  kind: z
    .string()
    .regex(/^[a-z_]{3,40}$/)
    .optional(),
  userId: id.optional().meta({ description: 'The actor, or the affected account' }),
  from: instant.optional(),
  to: instant.optional().meta({ description: 'Exclusive' }),
};

export const audit = operationGroup('audit', {
  list: operation({
    summary: 'List the audit log',
    description: 'Sign-ins, failures, changes of roles, deletions, exports. Newest first.',
    method: 'GET',
    path: '/admin/audit',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ ...filters, limit, cursor: cursor.optional() }),
    output: page(auditEntry).extend({ kinds: z.array(z.string()).meta({ description: 'All kinds of entries' }) }),
  }),
  export: operation({
    summary: 'Create a CSV file of the audit log',
    description: 'Returns a link that is valid for 10 minutes.',
    method: 'POST',
    path: '/admin/audit/export',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject(filters),
    output: z.object({ url: z.string(), expiresAt: instant }),
    secret: true,
    sessionOnly: true,
  }),
});
