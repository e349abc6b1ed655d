import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { nothing } from '../core/primitives.ts';

/** What users with an unverified email address may do. */
const unverifiedMay = z.enum(['everything', 'read', 'nothing']);
/** Who may create an account, after the first one. */
export const registration = z.enum(['open', 'invited', 'closed']);
const settings = z.object({
  unverifiedMay,
  registration: registration.meta({
    description: '`invited`: with a join code or an invitation to a workspace. Does not apply to the first account',
  }),
  neutralRegistration: z.boolean().meta({
    description:
      'Registration answers the same for known and unknown email addresses; a new account must verify its address before it can be used',
  }),
});
export type InstanceSettings = z.infer<typeof settings>;

export const admin = operationGroup('admin', {
  settings: operation({
    summary: 'Get the instance settings',
    method: 'GET',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: settings,
  }),
  updateSettings: operation({
    summary: 'Update the instance settings',
    method: 'PATCH',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    example: { registration: 'open' },
    input: settings.partial().strict(),
    output: settings,
  }),
  rotateKeys: operation({
    summary: 'Rotate the signing key',
    description: 'Tokens signed with earlier keys remain valid until they expire.',
    method: 'POST',
    path: '/admin/keys/rotate',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});
