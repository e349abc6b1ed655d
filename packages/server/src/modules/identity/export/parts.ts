import type { Executor } from '../../../platform/database/index.ts';
import { listIdentities } from '../providers/store.ts';
import { findAccounts } from '../rows/account-store.ts';
import { type ExportPart, pagesOf } from '../rows/export-part.ts';
import { presentMe } from '../rows/present.ts';
import { MAX_SESSIONS } from '../sessions/policy.ts';
import { listSessions } from '../sessions/store.ts';
import { tokensOf } from '../tokens/tokens.ts';
import { type AuditRecord, auditPage } from './store.ts';

async function* once(read: () => Promise<readonly object[]>): AsyncGenerator<readonly object[], void> {
  yield await read();
}

async function* auditOf(db: Executor, accountId: string): AsyncGenerator<AuditRecord[], void> {
  for (const side of ['actor', 'target'] as const) {
    yield* pagesOf(
      (after: { at: string; id: string } | undefined) => auditPage(db, accountId, side, after),
      ({ at, id }) => ({ at, id }),
    );
  }
}

/** The personal data that this feature stores. Hashes and secrets are left out. */
export function personalStates(db: Executor, id: string, now: Date): ExportPart[] {
  return [
    {
      name: 'profile',
      about: 'your account and preferences',
      pages: once(async () => (await findAccounts(db, [id])).map(presentMe)),
    },
    {
      name: 'sessions',
      about: 'where you are signed in',
      pages: once(async () =>
        (await listSessions(db, id, now, MAX_SESSIONS)).map(
          ({ id: sessionId, device, ip, created_at, last_used_at }) => ({
            id: sessionId,
            device,
            ip,
            createdAt: created_at,
            lastUsedAt: last_used_at,
          }),
        ),
      ),
    },
    {
      name: 'identities',
      about: 'your accounts at providers that open your account here',
      pages: once(async () =>
        (await listIdentities(db, id)).map(({ issuer, subject, email, created_at, last_used_at }) => ({
          issuer,
          subject,
          email,
          createdAt: created_at,
          lastUsedAt: last_used_at,
        })),
      ),
    },
    { name: 'api-tokens', about: 'your API tokens, without their secrets', pages: once(() => tokensOf(db, id, now)) },
    {
      name: 'audit',
      about: 'what was written down about what you did, or what was done to your account',
      pages: auditOf(db, id),
    },
  ];
}
