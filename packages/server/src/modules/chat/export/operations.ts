import { conversationExports } from '@atrium/protocol';
import { command, type Implementation } from '../../../platform/module/index.ts';
import { recordAudit, usersById } from '../../identity/index.ts';
import { seenBy } from '../../workspaces/index.ts';
import { membersByConversation } from '../rows/member-store.ts';
import { messageWindow } from '../rows/message-store.ts';
import { isStaff } from '../rows/policy.ts';
import { presentConversation, presentMessage } from '../rows/present.ts';

/** Exports a conversation page by page. It is a command because each page is logged: an export may begin anywhere. */
export const exportOperation: Implementation = command(conversationExports.conversation, async (context) => {
  const { actor, input, now, subject, tx } = context;
  const { conversationId, after, limit } = input;
  const { rows, moreAfter } = await messageWindow(tx, { conversationId, pivot: after + 1, older: 0, newer: limit });
  const members = (await membersByConversation(tx, [conversationId])).get(conversationId) ?? [];
  const roles = new Map(members.map(({ account_id, role }) => [account_id, role]));
  const ids = [...new Set([...roles.keys(), ...rows.map((row) => row.sender_id)])];
  // A visitor who manages the conversation does not see former members.
  const shown = isStaff(subject.workspaceRole) ? ids : await seenBy(tx, actor.userId, ids);
  const users = await usersById(tx, shown);
  await recordAudit(tx, context, {
    kind: 'conversation_exported',
    actorId: actor.userId,
    targetId: conversationId,
    details: { after, messages: rows.length },
  });
  return {
    format: 'atrium-conversation-1' as const,
    exportedAt: now.toISOString(),
    conversation: presentConversation(subject.conversation),
    people: [...users.values()].map((user) => ({ user, role: roles.get(user.id) ?? null })),
    messages: rows.map(presentMessage),
    next: moreAfter ? (rows.at(-1)?.seq ?? null) : null,
  };
});
