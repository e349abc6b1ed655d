import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { RequestInfo } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { clientOf } from './client.ts';

interface AuditRow {
  id: string;
  at: Date;
  kind: string;
  actor_id: string | null;
  target_id: string | null;
  ip: string;
  user_agent: string;
  details: string;
  request_id: string | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    audit_log: AuditRow;
  }
}

/** The kinds of entries in the audit log. */
export const AUDIT_KINDS = [
  'registered',
  'email_verified',
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'sign_out_all',
  'session_revoked',
  'refresh_token_reused',
  'settings_changed',
  'second_factor_failed',
  'two_factor_enabled',
  'two_factor_disabled',
  'recovery_code_used',
  'recovery_codes_renewed',
  'password_reset_asked',
  'password_reset',
  'password_changed',
  'password_paused',
  'password_reopened',
  'keys_rotated',
  'queue_changed',
  'api_token_created',
  'api_token_revoked',
  'bot_created',
  'bot_deleted',
  'account_deleted',
  'data_exported',
  'identity_linked',
  'identity_unlinked',
  'account_reclaimed',
  'webhook_created',
  'webhook_rotated',
  'webhook_deleted',
  'webhook_endpoint_created',
  'webhook_endpoint_updated',
  'webhook_endpoint_rotated',
  'webhook_endpoint_replayed',
  'webhook_endpoint_disabled',
  'webhook_endpoint_deleted',
  'retention_changed',
  'messages_expired',
  'conversation_exported',
  'time_entered',
  'time_corrected',
  'period_locked',
  'period_unlocked',
  'timesheet_exported',
  'calendar_rotated',
  'role_changed',
  'account_disabled',
  'account_enabled',
  'picture_removed',
  'audit_exported',
  'workspace_deleted',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export interface AuditEntry {
  kind: AuditKind;
  /** Who did it, if known. */
  actorId: string | null;
  /** The account, session, conversation or other object that was affected. */
  targetId: string | null;
  /** At most 4 kB of JSON; never a password, a code or a token. */
  details?: Record<string, string | number | boolean>;
}

/** Deletes up to `most` of the oldest entries from before `before`. @returns how many were deleted */
export async function pruneAudit(db: Executor, before: Date, most: number): Promise<number> {
  const old = db.selectFrom('audit_log').select('id').where('at', '<', before).orderBy('at').limit(most);
  const { numDeletedRows } = await db.deleteFrom('audit_log').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Adds an entry, in the transaction of the action it records. */
export async function recordAudit(
  tx: Transaction,
  /** Not given for actions of the server itself. */
  context: { request?: Pick<RequestInfo, 'id' | 'ip' | 'userAgent'> | undefined; now: Date },
  entry: AuditEntry,
): Promise<void> {
  const { ip, device } = context.request ? clientOf(context.request) : { ip: '', device: 'Atrium' };
  await tx
    .insertInto('audit_log')
    .values({
      id: newId(),
      at: context.now,
      kind: entry.kind,
      actor_id: entry.actorId,
      target_id: entry.targetId,
      ip,
      user_agent: device,
      details: JSON.stringify(entry.details ?? {}),
      request_id: context.request?.id ?? null,
    })
    .execute();
}
