import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';

/** The result of one check. */
export const checkResult = z.object({
  name: z.string().meta({ description: 'Name of the check, as in `atrium doctor`' }),
  status: z.enum(['ok', 'warning', 'failed']),
  found: z.string().meta({ description: 'In English, for the operator of the server' }),
  next: z.string().optional().meta({ description: 'How to fix it' }),
});
export type InstanceCheck = z.infer<typeof checkResult>;

export const doctor = operationGroup('doctor', {
  run: operation({
    summary: 'Check the server and its environment',
    description:
      'Runs the checks of `atrium doctor` on the node that answers: database, disk, files, Redis, mail, push messages, and whether sockets and client addresses get through the proxy. Takes a few seconds, and up to 20 if something does not answer.',
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
