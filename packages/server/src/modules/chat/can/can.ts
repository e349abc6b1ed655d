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
 * What people may do with conversations, in the order given, in one query.
 * @returns undefined where the conversation is gone, or the person is not in its workspace
 */
export async function conversationCansAt(
  db: Executor,
  views: readonly CanView[],
): Promise<(ConversationCan | undefined)[]> {
  const cans = new Map((await factsAt(db, views)).map((facts) => [keyOf(facts), conversationCanOf(facts)]));
  return views.map((view) => cans.get(keyOf(view)));
}

/** Shows members what they may do now. */
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

/** Whom a change concerns. */
interface Concerned {
  conversationIds: readonly string[];
  /** Only this member; otherwise all. */
  userId?: string;
}

/**
 * Tells members of conversations what they may do after a change, if it is not what they could do before. Call it with
 * the change written.
 * @param before the facts of one member as they were, given those of now
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
