import { type JoinCode, workspaces } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import { queueMail, strangerMailDelayMs } from '../../platform/mail/index.ts';
import { command, type Implementation, problem, read } from '../../platform/module/index.ts';
import { usersById } from '../identity/index.ts';
import { myWorkspace } from './can.ts';
import { newCode, parseCode } from './codes.ts';
import { invitationMail } from './invitation.ts';
import {
  consumeCode,
  insertInvite,
  isUsable,
  purgeInvites,
  replaceSharedCode,
  sharedCodeOf,
  workspaceOfCode,
} from './join-code-store.ts';
import { addMember } from './membership.ts';
import { membershipOf } from './membership-store.ts';
import { INVITE_DAYS, MAX_OPEN_INVITES } from './policy.ts';
import { presentJoinCode } from './present.ts';
import { refuseBot } from './refuse-bot.ts';
import { lockWorkspace } from './store.ts';

const DAY_MS = 86_400_000;

/** Parses the expiry of a code. Throws `invalid_input` if it is in the past. */
function expiryOf(expiresAt: string | null, now: Date): Date | null {
  if (expiresAt === null) return null;
  const end = new Date(expiresAt);
  if (end > now) return end;
  throw problem('invalid_input', {
    errors: [{ path: 'expiresAt', code: 'in_past', message: 'has to be in the future' }],
  });
}

/** Whether a typed code is valid for joining a workspace. */
export async function isOpenCode(db: Executor, typed: string, now: Date): Promise<boolean> {
  const code = parseCode(typed);
  return code !== undefined && (await isUsable(db, code, now));
}

/** Dependencies of joining. */
export interface JoinDeps {
  /** Where links in mails point, without a path. */
  appUrl: string;
  limiter: Pick<Limiter, 'count'>;
}

/** Operations on join codes and invitations, and joining with them. */
export function joinOperations(deps: JoinDeps): Implementation[] {
  return [
    command(
      workspaces.join,
      async (context) => {
        const { tx, input, actor, now } = context;
        refuseBot(actor);
        const code = parseCode(input.code);
        const workspaceId = code && (await workspaceOfCode(tx, code));
        const workspace = workspaceId && (await lockWorkspace(tx, workspaceId));
        if (!code || !workspace) throw problem('code_wrong');
        // Before the code is used: an existing member does not use it up.
        if (await membershipOf(tx, workspace.id, actor.userId)) throw problem('already_member');
        const role = await consumeCode(tx, code, now);
        if (role === undefined) throw problem('code_wrong');
        await addMember(context, workspace.id, { userId: actor.userId, role });
        return myWorkspace(tx, { userId: actor.userId, role }, workspace);
      },
      { lock: 'itself' },
    ),

    read(workspaces.joinCode, async ({ db, subject }) => {
      const code = await sharedCodeOf(db, subject.workspace.id);
      if (code === undefined) throw problem('not_found');
      return presentJoinCode(code);
    }),

    command(
      workspaces.rotateJoinCode,
      async ({ tx, input, actor, subject, now }): Promise<JoinCode> => {
        const { role, maxUses } = input;
        const expiresAt = expiryOf(input.expiresAt, now);
        const code = { code: newCode(), workspaceId: subject.workspace.id, role, expiresAt, maxUses };
        await replaceSharedCode(tx, { ...code, createdBy: actor.userId, now });
        return presentJoinCode({ ...code, uses: 0 });
      },
      { lock: 'change' },
    ),

    command(
      workspaces.invite,
      async (context) => {
        const { tx, input, actor, subject, now } = context;
        // The mail goes to a stranger in this person's name.
        if (!actor.emailVerified) throw problem('unverified_email');
        const { workspace } = subject;
        if ((await purgeInvites(tx, workspace.id, now)) >= MAX_OPEN_INVITES) {
          throw problem('conflict', `${MAX_OPEN_INVITES} invitations are open; wait until some are used or expire.`);
        }
        const sender = { ip: context.request.ip, userId: actor.userId };
        const retryAfterMs = await strangerMailDelayMs(deps.limiter, sender, input.email);
        if (retryAfterMs !== undefined) throw problem('rate_limited', { retryAfterMs });
        const code = newCode();
        const expiresAt = new Date(now.getTime() + INVITE_DAYS * DAY_MS);
        const invite = { code, workspaceId: workspace.id, role: input.role, expiresAt, maxUses: 1 };
        await insertInvite(tx, { ...invite, createdBy: actor.userId, now });
        const inviter = (await usersById(tx, [actor.userId])).get(actor.userId)?.name ?? '';
        const mail = { address: input.email, inviter, workspace: workspace.name, code, expiresAt, appUrl: deps.appUrl };
        await queueMail(context, invitationMail(mail), { usefulUntil: expiresAt });
        return {};
      },
      { lock: 'change' },
    ),
  ];
}
