import type { ConversationCan, EventData } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { type CanFacts, conversationCanOf, permitsSame } from './policy.ts';
import { type CanView, factsAt, factsOfMembers } from './store.ts';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    'conversation:can': CanView;
  }
}

const keyOf = ({ viewerId, conversationId }: CanView) => `${viewerId} ${conversationId}`;

/**
 * What people may do with conversations, in the given order, in one query.
 * @returns undefined if the conversation does not exist, or the person is not in its workspace
 */
export async function conversationCansAt(
  db: Executor,
  views: readonly CanView[],
): Promise<(ConversationCan | undefined)[]> {
  const cans = new Map((await factsAt(db, views)).map((facts) => [keyOf(facts), conversationCanOf(facts)]));
  return views.map((view) => cans.get(keyOf(view)));
}

/** Renders what members may do now. */
export async function renderConversationCan(
  db: Executor,
  events: readonly { body: CanView }[],
): Promise<(EventData['conversation:can'] | null)[]> {
  const views = events.map(({ body }) => body);
  const members = (await factsAt(db, views)).filter(({ role }) => role !== undefined);
  const found = new Map(members.map((facts) => [keyOf(facts), facts]));
  return views.map((view) => {
    const facts = found.get(keyOf(view));
    return facts ? { conversationId: view.conversationId, can: conversationCanOf(facts) } : null;
  });
}

/** The members that a change affects. */
interface Concerned {
  conversationIds: readonly string[];
  /** Only this member; all if not given. */
  userId?: string;
}

/**
 * Tells members of conversations what they may do after a change, if that differs from before. Call it after the change
 * was written.
 * @param before the facts of one member before the change, from the current ones
 */
export async function announceCan(
  { tx, append }: Pick<Work, 'tx' | 'append'>,
  { conversationIds, userId }: Concerned,
  before: (now: CanFacts & CanView) => CanFacts,
): Promise<void> {
  for (const now of await factsOfMembers(tx, conversationIds, userId)) {
    if (permitsSame(before(now), now)) continue;
    const { viewerId, conversationId } = now;
    append(`user:${viewerId}`, 'conversation:can', { viewerId, conversationId });
  }
}
