import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';

/** What one check found. */
export const checkResult = z.object({
  name: z.string().meta({ description: 'What was looked at, as in `atrium doctor`' }),
  status: z.enum(['ok', 'warning', 'failed']),
  found: z.string().meta({ description: 'In English, for whoever runs the server' }),
  next: z.string().optional().meta({ description: 'What to do about it' }),
});
export type InstanceCheck = z.infer<typeof checkResult>;

export const doctor = operationGroup('doctor', {
  run: operation({
    summary: 'Check what usually goes wrong around a server',
    description:
      'The checks of `atrium doctor`, on the node that answers: database, disk, files, Redis, mail, push messages, and whether sockets and addresses get through the proxy. It takes a few seconds, and up to 20 where something does not answer.',
    method: 'POST',
    path: '/admin/doctor',
    access: 'instance:admin',
    limit: 'user',
    heavy: true,
    sessionOnly: true,
    input: z.strictObject({}),
    output: z.object({ checks: z.array(checkResult).max(50) }),
  }),
});
