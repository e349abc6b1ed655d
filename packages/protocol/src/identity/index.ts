import { feature } from '../core/feature.ts';
import { admin } from './admin-operations.ts';
import { adminUsers } from './admin-users.ts';
import { audit } from './audit.ts';
import { auth } from './auth-operations.ts';
import { identityEvents } from './events.ts';
import { instance } from './instance-operations.ts';
import { identityLimits } from './limits.ts';
import { identityProblems } from './problems.ts';
import { tokens } from './tokens.ts';
import { me } from './user.ts';
import { users } from './user-operations.ts';

export * from './admin-operations.ts';
export * from './admin-users.ts';
export * from './audit.ts';
export * from './auth-operations.ts';
export * from './avatar.ts';
export * from './events.ts';
export * from './instance-operations.ts';
export * from './providers.ts';
export * from './tokens.ts';
export type { Challenge, TwoFactorMethod } from './two-factor-operations.ts';
export * from './user.ts';
export * from './user-operations.ts';

/** Accounts, authentication, sessions and API tokens. */
export const identityFeature = feature({
  groups: {
    auth: {
      title: 'Authentication',
      description: 'Sign up, sign in, sessions, two-factor authentication, passwords and email verification.',
      operations: auth,
    },
    users: {
      title: 'Users',
      description: 'Your profile, and the people you share a workspace with.',
      operations: users,
    },
    tokens: {
      title: 'API tokens',
      description: 'Tokens with which programs act on your behalf.',
      operations: tokens,
    },
    instance: {
      title: 'Instance',
      description: 'Public facts about the instance.',
      operations: instance,
    },
    admin: { title: 'Administration', description: 'Settings of the whole instance.', operations: admin },
    adminUsers: {
      title: 'Accounts of the instance',
      description: 'Management of other accounts by administrators of the instance.',
      operations: adminUsers,
    },
    audit: {
      title: 'Audit log',
      description: 'What happened on the instance, who did it and from where.',
      operations: audit,
    },
  },
  events: identityEvents,
  problems: identityProblems,
  limits: identityLimits,
  streams: ['user', 'admin'],
  snapshot: { me },
});
