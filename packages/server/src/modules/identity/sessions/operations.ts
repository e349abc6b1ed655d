import { auth } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { deleteTokens } from '../rows/token-store.ts';
import { MAX_SESSIONS } from './policy.ts';
import { presentSession } from './present.ts';
import { announceRevoked, endAllSessions } from './revoke.ts';
import { listSessions, revokeSessions } from './store.ts';

/** Operations to list the caller's sessions, and to sign out. */
export function sessionOperations(): Implementation[] {
  return [
    read(auth.sessions, async ({ db, actor, now }) => {
      const rows = await listSessions(db, actor.userId, now, MAX_SESSIONS);
      return { items: rows.map((row) => presentSession(row, actor.sessionId)), nextCursor: null };
    }),

    command(
      auth.revokeSession,
      async (context) => {
        const { tx, actor, input, now } = context;
        const revoked = await revokeSessions(tx, { accountId: actor.userId, ...input }, 'revoked', now);
        if (revoked.length === 0) throw problem('not_found');
        announceRevoked(context, actor.userId, revoked);
        const { userId } = actor;
        await recordAudit(tx, context, { kind: 'session_revoked', actorId: userId, targetId: input.sessionId });
        if (input.sessionId === actor.sessionId) context.cookies.clear();
        return {};
      },
      { lock: 'change' },
    ),

    command(
      auth.logout,
      async (context) => {
        const { tx, actor, now } = context;
        const which = { accountId: actor.userId, sessionId: actor.sessionId };
        announceRevoked(context, actor.userId, await revokeSessions(tx, which, 'sign_out', now));
        await recordAudit(tx, context, { kind: 'sign_out', actorId: actor.userId, targetId: actor.sessionId });
        context.cookies.clear();
        return {};
      },
      { lock: 'change' },
    ),

    command(
      auth.logoutAll,
      async (context) => {
        const { tx, actor, input } = context;
        const tokens = input.revokeTokens ? await deleteTokens(tx, actor.userId) : [];
        await endAllSessions(context, actor.userId, 'sign_out_all', tokens);
        await recordAudit(tx, context, { kind: 'sign_out_all', actorId: actor.userId, targetId: actor.userId });
        context.cookies.clear();
        return {};
      },
      { lock: 'change' },
    ),
  ];
}
