import { conversations } from '@atrium/protocol';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { factsOf } from '../rows/access.ts';
import { memberPage } from '../rows/member-store.ts';
import { baseCanOf, mayBeInCase } from '../rows/policy.ts';
import { presentMember } from '../rows/present.ts';
import { conversationStateFor } from '../view/state.ts';
import { addMembers, admit, removeMember } from './membership.ts';

/** Operations on the members of a conversation. */
export const memberOperations: readonly Implementation[] = [
  read(conversations.members, async ({ input, subject, db }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(
      await memberPage(db, subject.conversation.id, page),
      page,
      (row) => row.account_id,
    );
    return { items: rows.map(presentMember), nextCursor };
  }),

  command(
    conversations.addMember,
    async (context) => {
      const { input, subject } = context;
      const { id, workspace_id: workspaceId, kind, customer_id: customerId } = subject.conversation;
      const { userId } = input;
      // A direct conversation has exactly two members, and visitors add nobody: there is no need to look the person up.
      if (!baseCanOf({ ...factsOf(subject), archived: false }).addMembers) throw problem('forbidden');
      const role = (await admit(context, { workspaceId, kind }, [{ userId, path: 'userId' }])).get(userId);
      if (kind === 'support' && role !== undefined && !mayBeInCase(customerId, userId, role)) {
        const message = 'is another customer than the one whose case it is';
        throw problem('invalid_input', { errors: [{ path: 'userId', code: 'role', message }] });
      }
      if (factsOf(subject).archived) throw problem('archived');
      const [member] = await addMembers(context, id, [{ userId, role: 'member' }]);
      if (member === undefined) throw problem('already_member');
      return presentMember(member);
    },
    { lock: 'change', people: ({ userId }) => [userId] },
  ),

  command(
    conversations.removeMember,
    async (context) => {
      const { input, actor, subject } = context;
      const can = baseCanOf(factsOf(subject));
      if (!(input.userId === actor.userId ? can.leave : can.removeMembers)) throw problem('forbidden');
      const left = await removeMember(context, input.userId, [subject.conversation.id]);
      if (left.length === 0) throw problem('not_found');
      return {};
    },
    { lock: 'change' },
  ),

  command(
    conversations.join,
    async (context) => {
      const { actor, subject, tx } = context;
      const { id, workspace_id: workspaceId, kind } = subject.conversation;
      if (subject.member !== undefined) throw problem('already_member');
      // Staff can read a case, and join it by taking it.
      if (!baseCanOf({ ...factsOf(subject), archived: false }).join) throw problem('forbidden');
      await admit(context, { workspaceId, kind }, [{ userId: actor.userId, path: 'conversationId' }]);
      if (factsOf(subject).archived) throw problem('archived');
      const added = await addMembers(context, id, [{ userId: actor.userId, role: 'member' }]);
      if (added.length === 0) throw problem('already_member');
      return conversationStateFor(tx, { viewerId: actor.userId, conversationId: id });
    },
    { lock: 'change' },
  ),
];
