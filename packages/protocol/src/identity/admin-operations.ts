import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { nothing } from '../core/primitives.ts';

/** What people who have not verified their address may do. */
const unverifiedMay = z.enum(['everything', 'read', 'nothing']);
const settings = z.object({
  unverifiedMay,
  neutralRegistration: z.boolean().meta({
    description:
      'Signing up gives one answer for known and unknown addresses; an account then opens only to whoever reads its mail',
  }),
});
export type InstanceSettings = z.infer<typeof settings>;

export const admin = operationGroup('admin', {
  settings: operation({
    summary: 'The settings of this instance',
    method: 'GET',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: settings,
  }),
  updateSettings: operation({
    summary: 'Change the settings of this instance',
    method: 'PATCH',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    input: settings.partial().strict(),
    output: settings,
  }),
  rotateKeys: operation({
    summary: 'Let a new key sign',
    description: 'What older ones signed stays good until it ends by itself.',
    method: 'POST',
    path: '/admin/keys/rotate',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});
