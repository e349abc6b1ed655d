import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../../platform/database/index.ts';
import type { RequestInfo } from '../../../platform/operations/context.ts';
import { clientOf } from '../sessions/client.ts';

interface AuditTable {
  id: string;
  at: Date;
  kind: string;
  actor_id: string | null;
  target_id: string | null;
  ip: string;
  user_agent: string;
  details: string;
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    audit_log: AuditTable;
  }
}

/** What is worth knowing afterwards. */
export type AuditKind =
  | 'registered'
  | 'email_verified'
  | 'sign_in'
  | 'sign_in_failed'
  | 'sign_out'
  | 'sign_out_all'
  | 'session_revoked'
  | 'refresh_token_reused'
  | 'settings_changed'
  | 'webhook_created'
  | 'webhook_rotated'
  | 'webhook_deleted'
  | 'retention_changed'
  | 'messages_expired'
  | 'conversation_exported';

export interface AuditEntry {
  kind: AuditKind;
  /** Who did it, where that is known. */
  actorId: string | null;
  /** The account, session, conversation or other thing that it happened to. */
  targetId: string | null;
  /** At most 4 kB of JSON; never a password, a code or a token. */
  details?: Record<string, string | number | boolean>;
}

/** Writes down what happened, as part of what happened. */
export async function recordAudit(
  tx: Transaction,
  /** Without a request: the server did it by itself. */
  context: { request?: RequestInfo; now: Date },
  entry: AuditEntry,
): Promise<void> {
  const { ip, device } = context.request ? clientOf(context.request) : { ip: '', device: 'Atrium' };
  await tx
    .insertInto('audit_log')
    .values({
      id: uuidv7(),
      at: context.now,
      kind: entry.kind,
      actor_id: entry.actorId,
      target_id: entry.targetId,
      ip,
      user_agent: device,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
