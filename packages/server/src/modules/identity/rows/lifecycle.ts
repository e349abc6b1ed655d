import type { TableLifecycle, TableLifecycles } from '../../../platform/module/index.ts';

const SECRET = { not: 'secrets and codes are no data about the person' } as const;

/**
 * What happens to the rows when an account is deleted. Rows that are deleted with it are deleted here, by `account_id`
 * and in this order.
 */
export const identityTables = {
  account: { whenGone: {}, exported: { as: 'profile' } },
  session: { whenGone: { account_id: 'deleted' }, told: 'session:revoked', exported: { as: 'sessions' } },
  api_token: {
    whenGone: { account_id: 'deleted', created_by: 'kept' },
    told: 'session:revoked',
    exported: { as: 'api-tokens' },
  },
  email_code: { whenGone: { account_id: 'deleted' }, told: { not: 'nobody sees it' }, exported: SECRET },
  two_factor: { whenGone: { account_id: 'deleted' }, told: { not: 'nobody sees it' }, exported: SECRET },
  recovery_code: { whenGone: { account_id: 'deleted' }, told: { not: 'nobody sees it' }, exported: SECRET },
  sign_in_challenge: { whenGone: { account_id: 'deleted' }, told: { not: 'nobody sees it' }, exported: SECRET },
  account_link: { whenGone: { account_id: 'deleted' }, told: { not: 'nobody sees it' }, exported: SECRET },
  identity: { whenGone: { account_id: 'deleted' }, told: { not: 'only they saw it' }, exported: { as: 'identities' } },
  audit_log: { whenGone: { actor_id: 'kept', target_id: 'kept' }, exported: { as: 'audit' } },
} as const satisfies TableLifecycles;

/** The tables whose rows are deleted with the account they refer to. */
export const DELETED_WITH_ACCOUNT = Object.entries<TableLifecycle>(identityTables).flatMap(([table, { whenGone }]) =>
  whenGone.account_id === 'deleted' ? [table] : [],
);
