import type { Operation } from '@atrium/protocol';
import type { CommandContext } from '../../../platform/module/index.ts';

/** Tells a person's clients that sessions ended; the connections of those sessions close when the event passes. */
export function announceRevoked(
  context: Pick<CommandContext<Operation>, 'append'>,
  userId: string,
  sessionIds: string[],
): void {
  if (sessionIds.length === 0) return;
  context.append(`user:${userId}`, 'session:revoked', { sessionIds }, { disconnect: sessionIds });
}
