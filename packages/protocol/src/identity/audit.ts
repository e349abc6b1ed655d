import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, page } from '../core/primitives.ts';

/** Something worth knowing afterwards, with who did it and from where. */
export const auditEntry = z.object({
  id,
  at: instant,
  kind: z.string().meta({ description: 'Such as sign_in_failed or account_deleted' }),
  actor: z.object({ id, name: z.string() }).nullable().meta({ description: 'null: unknown, or the server itself' }),
  targetId: id.nullable().meta({ description: 'The account, session, conversation or other thing it happened to' }),
  targetName: z.string().nullable().meta({ description: 'Its name, where it is an account' }),
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
  userId: id.optional().meta({ description: 'Did it, or it happened to them' }),
  from: instant.optional(),
  to: instant.optional().meta({ description: 'Not included' }),
};

export const audit = operationGroup('audit', {
  list: operation({
    summary: 'List the audit log',
    description: 'Sign-ins, failures, changes of roles, deletions, exports: the newest first.',
    method: 'GET',
    path: '/admin/audit',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ ...filters, limit, cursor: cursor.optional() }),
    output: page(auditEntry).extend({ kinds: z.array(z.string()).meta({ description: 'Every kind there is' }) }),
  }),
  export: operation({
    summary: 'Make a CSV file of the audit log',
    description: 'Answers with a link that works for 10 minutes.',
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
