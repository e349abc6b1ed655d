import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { registration } from './admin-operations.ts';
import { provider } from './providers.ts';

/** Public facts about an instance. */
export const instanceInfo = z.object({
  isSetUp: z.boolean().meta({ description: 'False until the first account, which becomes the administrator' }),
  needsSetupLink: z.boolean().meta({
    description: 'The first account is created through the link that the server shows at its start',
  }),
  registration: registration.meta({ description: 'Who may create an account, after the first one' }),
  neutralRegistration: z.boolean().meta({
    description: 'Registration answers the same for known and unknown email addresses',
  }),
  providers: z.array(provider).meta({ description: 'Ways to sign in other than email and password' }),
  hasMailbox: z.boolean().meta({
    description: 'No mail server is configured: emails are shown at /mailbox, at the URL that the terminal shows',
  }),
});
export type InstanceInfo = z.infer<typeof instanceInfo>;

export const instance = operationGroup('instance', {
  get: operation({
    summary: 'Get public facts about the instance',
    method: 'GET',
    path: '/instance',
    access: 'public',
    limit: 'public',
    input: z.strictObject({}),
    output: instanceInfo,
  }),
});
