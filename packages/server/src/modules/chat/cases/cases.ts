import type { SupportStatus } from '@atrium/protocol';
import type { Transact, UserActor, Work } from '../../../platform/module/index.ts';
import { holdCaller } from '../../identity/index.ts';
import { workspaceStream } from '../../workspaces/index.ts';
import { announceCan } from '../can/can.ts';
import { lockConversations } from '../rows/conversation-store.ts';
import { conversationStream } from '../rows/stream.ts';
import type { ConversationRow } from '../rows/tables.ts';
import { reopened } from './policy.ts';
import { unassignCases, updateCase } from './store.ts';

/** A case and its workspace. */
interface CaseKey {
  id: string;
  workspaceId: string;
}

/** Tells the staff of the workspace that the queue changed. */
export function announceQueueChange({ append }: Pick<Work, 'append'>, { id, workspaceId }: CaseKey): void {
  append(workspaceStream(workspaceId), 'support:changed', { workspaceId, conversationId: id });
}

/** Tells the members of a case about its status, and the staff of the workspace that the queue changed. */
export function announceCase(context: Pick<Work, 'append'>, place: CaseKey): void {
  const { id } = place;
  // The writers cache whether it is closed or archived.
  context.append(conversationStream(id), 'conversation:updated', { conversationId: id }, { fence: true });
  announceQueueChange(context, place);
}

/** The same after a change of status, which also changes what members may do. */
async function announceMove(
  context: Pick<Work, 'tx' | 'append'>,
  place: CaseKey,
  before: { status: SupportStatus | null; assigneeId: string | null },
): Promise<void> {
  announceCase(context, place);
  await announceCan(context, { conversationIds: [place.id] }, (now) => ({
    ...now,
    status: before.status,
    mine: before.assigneeId === now.viewerId,
  }));
}

/** Changes the status of a case that the caller has locked, and announces it; does nothing if there is no change. */
export async function moveCase(
  context: Pick<Work, 'tx' | 'append'>,
  row: ConversationRow,
  to: Parameters<typeof updateCase>[2],
): Promise<void> {
  if (row.support_status === to.status && row.assignee_id === to.assigneeId) return;
  await updateCase(context.tx, row.id, to);
  const before = { status: row.support_status, assigneeId: row.assignee_id };
  await announceMove(context, { id: row.id, workspaceId: row.workspace_id }, before);
}

/** Returns cases to the queue when their assignee leaves; the caller has locked them. */
export async function releaseCases(
  context: Pick<Work, 'tx' | 'append'>,
  userId: string,
  conversationIds: readonly string[],
): Promise<void> {
  for (const row of await unassignCases(context.tx, userId, conversationIds)) {
    await announceMove(context, row, { status: row.before, assigneeId: userId });
  }
}

/** Reopens a closed case because its customer writes. */
export type Reopen = (conversationId: string, customerId: string, caller: UserActor | undefined) => Promise<void>;

/** Creates the function that reopens cases, in a transaction of its own: the message is sent afterwards. */
export function createReopening({ transact }: { transact: Transact }): Reopen {
  return (conversationId, customerId, caller) =>
    transact({ actorId: customerId }, async (work) => {
      const [row] = await lockConversations(work.tx, [conversationId]);
      if (caller !== undefined) await holdCaller(work.tx, caller);
      if (row?.support_status === 'closed' && row.customer_id === customerId && row.archived_at === null) {
        await moveCase(work, row, reopened(row.assignee_id));
      }
    });
}
