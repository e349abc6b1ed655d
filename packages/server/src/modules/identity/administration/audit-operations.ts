import { type AuditLogEntry, audit } from '@atrium/protocol';
import { validate } from 'uuid';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import {
  command,
  type Download,
  type Implementation,
  isCursorInstant,
  keyset,
  problem,
  read,
  secretUrl,
} from '../../../platform/module/index.ts';
import { AUDIT_KINDS, recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { findAccount } from '../rows/account-store.ts';
import { auditCsv } from './audit-csv.ts';
import { AUDIT_FILE_PATH, LINK_MS, openLink, sealLink } from './audit-link.ts';
import { type AuditPosition, type AuditRow, listAudit } from './audit-store.ts';

const positions = keyset(
  ['string', 'string'],
  (at, id): AuditPosition | undefined => (isCursorInstant(at) && validate(id) ? { at: new Date(at), id } : undefined),
  ({ at, id }) => [at.toISOString(), id],
);

function present(row: AuditRow): AuditLogEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    targetId: row.target_id,
    targetName: row.target_name,
    ip: row.ip,
    device: row.user_agent,
    details: row.details,
    requestId: row.request_id,
  };
}

/** Operations on the audit log. */
export function auditOperations({ appUrl, keyring }: { appUrl: string; keyring: Keyring }): Implementation[] {
  return [
    read(audit.list, async ({ db, input }) => {
      const page = positions.page(input);
      const cut = positions.cut(await listAudit(db, input, page), page, ({ at, id }) => ({ at, id }));
      return { items: cut.rows.map(present), nextCursor: cut.nextCursor, kinds: [...AUDIT_KINDS] };
    }),

    command(audit.export, async (context) => {
      const { actor, input, now, tx } = context;
      const expiresAt = new Date(now.getTime() + LINK_MS);
      const token = sealLink(keyring, { userId: actor.userId, filters: input, expiresAt });
      await recordAudit(tx, context, { kind: 'audit_exported', actorId: actor.userId, targetId: null });
      return { url: secretUrl(appUrl, AUDIT_FILE_PATH, token), expiresAt: expiresAt.toISOString() };
    }),
  ];
}

/** The audit log as a file, while the user who requested it is an administrator. */
export function auditDownload({
  clock,
  database,
  keyring,
}: {
  clock: Pick<Clock, 'now'>;
  database: Pick<Database, 'db'>;
  keyring: Keyring;
}): Download {
  return {
    path: AUDIT_FILE_PATH,
    async open(token) {
      const link = openLink(keyring, token);
      if (link === undefined || link.expiresAt <= clock.now()) throw problem('not_found');
      const account = await findAccount(database.db, link.userId);
      if (account?.role !== 'admin' || account.disabled_at !== null) throw problem('not_found');
      return {
        name: `audit-${clock.now().toISOString().slice(0, 10)}.csv`,
        type: 'text/csv; charset=utf-8',
        content: auditCsv(database.db, link.filters),
      };
    },
  };
}
