import { retention } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { recordAudit } from '../../identity/index.ts';
import { lockConversations } from '../rows/conversation-store.ts';
import { presentConversation } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { setRetention } from './store.ts';

/** Says how long messages of one conversation are kept. */
export const retentionOperation: Implementation = command(retention.setConversation, async (context) => {
  const { actor, append, input, tx } = context;
  const { conversationId, days } = input;
  const [conversation] = await lockConversations(tx, [conversationId]);
  if (conversation === undefined) throw problem('not_found');
  if (conversation.retention_days === days) return presentConversation(conversation);
  const changed = await setRetention(tx, conversationId, days);
  append(conversationStream(conversationId), 'conversation:updated', { conversationId });
  const details = { days: days ?? 'as the workspace', before: conversation.retention_days ?? 'as the workspace' };
  await recordAudit(tx, context, {
    kind: 'retention_changed',
    actorId: actor.userId,
    targetId: conversationId,
    details,
  });
  return presentConversation(changed);
});
