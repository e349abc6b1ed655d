import type { Operation } from '@atrium/protocol';
import type { CommandContext } from '../../../platform/module/index.ts';
import { raiseTokenVersion } from '../rows/account-store.ts';
import { type RevokeReason, revokeSessions } from './store.ts';

/** Tells a person's clients that sessions ended; the pump closes their connections when it emits the event. */
export function announceRevoked(
  context: Pick<CommandContext<Operation>, 'append'>,
  userId: string,
  sessionIds: string[],
): void {
  if (sessionIds.length === 0) return;
  context.append(`user:${userId}`, 'session:revoked', { sessionIds }, { disconnect: sessionIds });
}

/**
 * Ends all sessions of an account, and invalidates the access tokens that were signed before.
 * @param tokenIds API tokens that ended with them: their connections are closed too
 */
export async function endAllSessions(
  context: Pick<CommandContext<Operation>, 'tx' | 'now' | 'append'>,
  userId: string,
  reason: RevokeReason,
  tokenIds: readonly string[] = [],
): Promise<void> {
  const { tx, now } = context;
  await raiseTokenVersion(tx, userId);
  const sessionIds = await revokeSessions(tx, { accountId: userId }, reason, now);
  announceRevoked(context, userId, [...sessionIds, ...tokenIds]);
}
