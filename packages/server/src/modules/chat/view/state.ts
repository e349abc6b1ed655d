import type { ConversationState } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { conversationCansAt } from '../can/can.ts';
import { receiptsSeenBy, sharesReceipts, usersHidingReceipts } from '../receipts/receipts.ts';
import { membersByConversation } from '../rows/member-store.ts';
import { presentConversation, presentMember, presentMessage } from '../rows/present.ts';
import { type Overview, overviewsFor, overviewsOf, type View } from './overview-store.ts';
import { NO_PERSONAL_STATE, personalStates } from './personal-store.ts';

/**
 * Adds members, receipts and personal state to overviews, in a fixed number of queries. Overviews of people who are not
 * in the workspace are left out.
 */
async function withMembers(
  db: Executor,
  overviews: readonly Overview[],
): Promise<{ overview: Overview; state: ConversationState }[]> {
  const ids = [...new Set(overviews.map(({ conversation }) => conversation.id))];
  const groups = await membersByConversation(db, ids);
  const sharing = [...groups.values()].filter((members) => sharesReceipts(members.length)).flat();
  const hidden = await usersHidingReceipts(db, [...new Set(sharing.map((member) => member.account_id))]);
  const views = overviews.map(({ viewerId, conversation }) => ({ viewerId, conversationId: conversation.id }));
  const own = await personalStates(db, views);
  const cans = await conversationCansAt(db, views);
  return overviews.flatMap((overview, at) => {
    const can = cans[at];
    if (can === undefined) return [];
    const members = groups.get(overview.conversation.id) ?? [];
    const state = {
      ...presentConversation(overview.conversation),
      members: members.map(presentMember),
      receipts: receiptsSeenBy(overview.viewerId, members, hidden),
      lastMessage: overview.lastMessage ? presentMessage(overview.lastMessage) : null,
      unread: overview.unread,
      ...(own[at] ?? NO_PERSONAL_STATE),
      can,
    };
    return [{ overview, state }];
  });
}

/** The live state of all conversations that a person is in, by id; a fixed number of queries. */
export async function conversationStatesOf(db: Executor, userId: string): Promise<ConversationState[]> {
  const found = await withMembers(db, await overviewsOf(db, userId));
  return found.map(({ state }) => state);
}

/** A conversation as a person sees it, and whether they are a member. */
export interface SeenConversation {
  state: ConversationState;
  joined: boolean;
}

/**
 * The same for given conversations and people, in the given order.
 * @returns undefined if the conversation does not exist
 */
export async function conversationStates(
  db: Executor,
  views: readonly View[],
): Promise<(SeenConversation | undefined)[]> {
  if (views.length === 0) return [];
  const keyOf = ({ viewerId, conversationId }: View) => `${viewerId} ${conversationId}`;
  const found = new Map<string, SeenConversation>();
  for (const { overview, state } of await withMembers(db, await overviewsFor(db, views))) {
    const view = { viewerId: overview.viewerId, conversationId: overview.conversation.id };
    found.set(keyOf(view), { state, joined: overview.joined });
  }
  return views.map((view) => found.get(keyOf(view)));
}

/**
 * A conversation as the viewer sees it.
 * @throws `not_found` if it does not exist
 */
export async function conversationStateFor(db: Executor, view: View): Promise<ConversationState> {
  const [seen] = await conversationStates(db, [view]);
  if (seen === undefined) throw problem('not_found');
  return seen.state;
}
