import type { EventData, SupportCan } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { membersOf } from '../rows/member-store.ts';
import { supportCanOf } from './policy.ts';
import { type CaseView, caseFacts } from './store.ts';

/**
 * What people may do with cases, in the order given, in one query.
 * @returns undefined for what is no case, and for who is not in its workspace
 */
export async function supportCansAt(db: Executor, views: readonly CaseView[]): Promise<(SupportCan | undefined)[]> {
  const keyOf = ({ viewerId, conversationId }: CaseView) => `${viewerId} ${conversationId}`;
  const cans = new Map((await caseFacts(db, views)).map((facts) => [keyOf(facts), supportCanOf(facts)]));
  return views.map((view) => cans.get(keyOf(view)));
}

/** Shows what people may do with cases now. */
export async function renderSupportCan(
  db: Executor,
  events: readonly { body: CaseView }[],
): Promise<(EventData['support:can'] | null)[]> {
  const bodies = events.map(({ body }) => body);
  const cans = await supportCansAt(db, bodies);
  return bodies.map(({ conversationId }, at) => {
    const can = cans[at];
    return can ? { conversationId, can } : null;
  });
}

/** Tells people in cases that they may do something else from now on. */
export function announceSupportCan({ append }: Pick<Work, 'append'>, views: readonly CaseView[]): void {
  for (const { viewerId, conversationId } of views)
    append(`user:${viewerId}`, 'support:can', { viewerId, conversationId });
}

/** Tells everyone in a case. */
export async function announceSupportCanToAll(
  context: Pick<Work, 'tx' | 'append'>,
  conversationId: string,
): Promise<void> {
  const members = await membersOf(context.tx, [conversationId]);
  announceSupportCan(
    context,
    members.map(({ account_id: viewerId }) => ({ viewerId, conversationId })),
  );
}
