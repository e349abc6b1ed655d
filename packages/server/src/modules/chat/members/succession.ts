import type { Work } from '../../../platform/module/index.ts';
import { announceCan } from '../can/can.ts';
import { presentMember } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { successorOf } from './succession-policy.ts';
import { membersWithoutManager, setRole } from './succession-store.ts';

/** Ensures that locked conversations have a manager after a possible manager has left. */
export async function ensureManager(
  { tx, append }: Pick<Work, 'tx' | 'append'>,
  conversationIds: readonly string[],
): Promise<void> {
  if (conversationIds.length === 0) return;
  const groups = Map.groupBy(await membersWithoutManager(tx, conversationIds), ({ conversationId }) => conversationId);
  for (const [conversationId, members] of groups) {
    const userId = members[0] && successorOf(members[0], members);
    const row = userId && (await setRole(tx, { conversationId, userId }, 'manager'));
    if (!row) continue;
    const member = presentMember(row);
    append(conversationStream(conversationId), 'conversation:memberUpdated', { conversationId, member });
    await announceCan({ tx, append }, { conversationIds: [conversationId], userId }, (now) => ({
      ...now,
      role: 'member',
    }));
  }
}
