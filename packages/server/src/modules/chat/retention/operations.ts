import { retention } from '@atrium/protocol';
import { command, type Implementation } from '../../../platform/module/index.ts';
import { recordAudit } from '../../identity/index.ts';
import { presentConversation } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { setRetention } from './store.ts';

/** Sets how long messages of one conversation are kept. */
export const retentionOperation: Implementation = command(
  retention.setConversation,
  async (context) => {
    const { actor, append, input, subject, tx } = context;
    const { conversationId, days } = input;
    const { conversation } = subject;
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
  },
  { lock: 'change' },
);
