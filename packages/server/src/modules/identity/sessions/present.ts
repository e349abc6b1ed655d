import type { Session } from '@atrium/protocol';
import type { SessionRow } from './store.ts';

export function presentSession(session: SessionRow, currentSessionId: string): Session {
  return {
    id: session.id,
    device: session.device,
    ip: session.ip,
    createdAt: session.created_at.toISOString(),
    lastUsedAt: session.last_used_at.toISOString(),
    current: session.id === currentSessionId,
  };
}
