import { conversations, type ParsedInputOf, type WorkspaceRole } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { announceCase } from '../cases/cases.ts';
import { openCasesOf } from '../cases/store.ts';
import { addMembers, admit, type ChatContext, type Named } from '../members/membership.ts';
import { caseManagers } from '../members/open-case.ts';
import { insertConversation } from '../rows/conversation-store.ts';
import type { NewMember } from '../rows/member-store.ts';
import { mayCreate, shapeFaults } from '../rows/policy.ts';
import { conversationStateFor } from '../view/state.ts';
import { openDirect } from './direct.ts';

type Wanted = ParsedInputOf<typeof conversations.create>;

/** The given members without the creator, each once, with the path of the field. */
function namedOthers(memberIds: readonly string[], creatorId: string): Named[] {
  return memberIds.flatMap((userId, at) =>
    userId === creatorId || memberIds.indexOf(userId) < at ? [] : [{ userId, path: `memberIds[${at}]` }],
  );
}

/** The initial members of a new conversation: its creator is a manager, unless it is a customer's case. */
async function firstMembers(
  context: ChatContext,
  { workspaceId, kind }: Wanted,
  creator: { userId: string; role: WorkspaceRole },
  others: readonly Named[],
  roles: ReadonlyMap<string, WorkspaceRole>,
): Promise<NewMember[]> {
  const members = new Map<string, NewMember['role']>(others.map(({ userId }) => [userId, 'member']));
  if (kind === 'support') {
    const stranger = others.find(({ userId }) => roles.get(userId) !== 'customer');
    if (stranger !== undefined) {
      const fault = { path: stranger.path, code: 'role', message: 'is not a customer of the workspace' };
      throw problem('invalid_input', { errors: [fault] });
    }
    for (const { userId, role } of await caseManagers(context.tx, workspaceId)) members.set(userId, role);
  }
  members.set(creator.userId, creator.role === 'customer' ? 'member' : 'manager');
  return [...members].map(([userId, role]) => ({ userId, role }));
}

/** Creates conversations of every kind. */
export const createOperation: Implementation = command(conversations.create, async (context) => {
  const { input, actor, subject, tx, now } = context;
  const { workspaceId, kind } = input;
  const creator = { userId: actor.userId, role: subject.role };
  if (!mayCreate(kind, creator.role)) throw problem('forbidden');
  const others = namedOthers(input.memberIds, actor.userId);
  const errors = shapeFaults({ kind, name: input.name, topic: input.topic, others: others.length }, creator.role);
  if (errors.length > 0) throw problem('invalid_input', { errors });
  const roles = await admit(context, input, [{ userId: actor.userId, path: 'workspaceId' }, ...others]);

  const show = (conversationId: string) => conversationStateFor(tx, { viewerId: actor.userId, conversationId });
  const [other] = others;
  if (kind === 'direct' && other !== undefined) {
    return show(await openDirect(context, { workspaceId, userId: actor.userId, otherId: other.userId }));
  }

  const customerId = creator.role === 'customer' ? actor.userId : other?.userId;
  if (kind === 'support' && customerId === actor.userId) {
    // An open case is returned instead of a second one.
    const open = (await openCasesOf(tx, workspaceId, [customerId])).get(customerId);
    if (open !== undefined) return show(open);
  }

  const id = newId();
  const members = await firstMembers(context, input, creator, others, roles);
  await insertConversation(tx, {
    id,
    workspace_id: workspaceId,
    kind,
    visibility: kind === 'channel' ? input.visibility : 'private',
    name: input.name ?? null,
    topic: input.topic,
    direct_key: null,
    auto_join: false,
    archived_at: null,
    created_by: actor.userId,
    created_at: now,
    version: 1,
    ...(kind === 'support' && { support_status: 'unassigned', customer_id: customerId ?? null }),
  });
  await addMembers(context, id, members);
  if (kind === 'support') announceCase(context, { id, workspaceId });
  return show(id);
});
