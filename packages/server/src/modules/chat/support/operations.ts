import { type SupportStatus, support } from '@atrium/protocol';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { conversationCansAt } from '../can/can.ts';
import { type CaseRights, caseRightsOf } from '../can/policy.ts';
import { moveCase } from '../cases/cases.ts';
import { casePage } from '../cases/store.ts';
import { addMembers, admit, type ChatContext } from '../members/membership.ts';
import { type ConversationSubject, factsOf } from '../rows/access.ts';
import { isStaff } from '../rows/policy.ts';
import { presentConversation } from '../rows/present.ts';
import type { ConversationRow } from '../rows/tables.ts';
import { conversationStateFor } from '../view/state.ts';

interface CaseContext extends ChatContext {
  actor: { userId: string };
  subject: ConversationSubject;
}

type Case = ConversationRow & { support_status: SupportStatus };

/**
 * Checks that the caller may do this with the case, which is locked.
 * @throws `conflict` for other conversations, `forbidden`, `archived`
 */
function mayHandle({ actor, subject }: CaseContext, permission: keyof CaseRights): Case {
  const row = subject.conversation;
  const { support_status: status } = row;
  const facts = { ...factsOf(subject), mine: row.assignee_id === actor.userId };
  if (!caseRightsOf(facts)[permission]) throw problem('forbidden');
  if (status === null) throw problem('conflict', 'Only support cases are in somebody’s hands.');
  if (row.archived_at !== null) throw problem('archived');
  return { ...row, support_status: status };
}

/** Checks that a user is staff of the workspace. */
async function admitStaff(context: CaseContext, userId: string): Promise<void> {
  const { workspace_id: workspaceId, kind } = context.subject.conversation;
  const roles = await admit(context, { workspaceId, kind }, [{ userId, path: 'userId' }]);
  const role = roles.get(userId);
  if (role !== undefined && isStaff(role)) return;
  const message = 'does not work in the workspace';
  throw problem('invalid_input', { errors: [{ path: 'userId', code: 'role', message }] });
}

/** Assigns a case to a user, and adds them to the conversation. */
async function give(context: CaseContext, row: Case, userId: string): Promise<void> {
  await addMembers(context, row.id, [{ userId, role: 'member' }]);
  await moveCase(context, row, { status: 'assigned', assigneeId: userId });
}

function answer({ tx, actor, subject }: CaseContext) {
  return conversationStateFor(tx, { viewerId: actor.userId, conversationId: subject.conversation.id });
}

/** Operations on support cases and their queue. */
export const supportOperations: readonly Implementation[] = [
  read(support.queue, async ({ db, actor, input, subject }) => {
    if (!isStaff(subject.role)) throw problem('forbidden');
    const { workspaceId, status, assigneeId } = input;
    const page = idPage(input);
    const found = await casePage(db, { workspaceId, viewerId: actor.userId, status, assigneeId }, page);
    const { rows, nextCursor } = cutPage(found, page, (row) => row.id);
    const cans = await conversationCansAt(
      db,
      rows.map(({ id }) => ({ viewerId: actor.userId, conversationId: id })),
    );
    return {
      items: rows.flatMap((row, at) => {
        const can = cans[at];
        return can ? [{ ...presentConversation(row), joined: row.joined, can }] : [];
      }),
      nextCursor,
    };
  }),

  command(
    support.take,
    async (context) => {
      const { actor, subject } = context;
      if (!isStaff(subject.workspaceRole)) throw problem('forbidden');
      await admitStaff(context, actor.userId);
      const row = mayHandle(context, 'take');
      if (row.support_status === 'assigned' && row.assignee_id !== actor.userId) {
        throw problem('conflict', 'Somebody else has this case.');
      }
      await give(context, row, actor.userId);
      return answer(context);
    },
    { lock: 'change' },
  ),

  command(
    support.assign,
    async (context) => {
      const { input, subject } = context;
      if (!isStaff(subject.workspaceRole)) throw problem('forbidden');
      await admitStaff(context, input.userId);
      const row = mayHandle(context, 'handOver');
      if (row.support_status === 'closed') throw problem('conflict', 'The case is closed.');
      await give(context, row, input.userId);
      return answer(context);
    },
    { lock: 'change', people: ({ userId }) => [userId] },
  ),

  command(
    support.release,
    async (context) => {
      const row = mayHandle(context, 'handOver');
      if (row.support_status === 'closed') throw problem('conflict', 'The case is closed.');
      await moveCase(context, row, { status: 'unassigned', assigneeId: null });
      return answer(context);
    },
    { lock: 'change' },
  ),

  command(
    support.close,
    async (context) => {
      const row = mayHandle(context, 'handOver');
      await moveCase(context, row, { status: 'closed', assigneeId: row.assignee_id });
      return answer(context);
    },
    { lock: 'change' },
  ),
];
