import type { MyWorkspace } from '@atrium/protocol';
import { problem, type UserActor, type Work } from '../../platform/module/index.ts';
import { myWorkspace } from './can.ts';
import { addMember } from './membership.ts';
import { membershipOf } from './membership-store.ts';
import { refuseBot } from './refuse-bot.ts';
import { lockWorkspace } from './store.ts';

/**
 * Adds a person to a workspace as a customer; a member keeps their role. The caller decides whether the workspace
 * accepts customers.
 * @returns the workspace as they see it
 * @throws `not_found`, `forbidden` for bots, `conflict` if the workspace is full or they are in too many
 */
export async function joinAsCustomer(context: Work, actor: UserActor, workspaceId: string): Promise<MyWorkspace> {
  refuseBot(actor);
  const workspace = await lockWorkspace(context.tx, workspaceId);
  if (workspace === undefined) throw problem('not_found');
  const { userId } = actor;
  const membership = await membershipOf(context.tx, workspaceId, userId);
  if (membership === undefined) await addMember(context, workspaceId, { userId, role: 'customer' });
  return myWorkspace(context.tx, { userId, role: membership?.role ?? 'customer' }, workspace);
}
