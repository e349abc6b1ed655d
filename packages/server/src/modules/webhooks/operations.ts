import { incomingHook, maxWebhooks, type Webhook, webhooks } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { mayHaveWebhooks } from '../chat/index.ts';
import { recordAudit } from '../identity/index.ts';
import { newSecret } from './secret.ts';
import { deleteWebhook, insertWebhook, updateWebhook, type WebhookRow, webhooksOf } from './store.ts';

function present(row: WebhookRow): Webhook {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    name: row.name,
    avatar: row.avatar,
    enabled: row.enabled,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

/**
 * Creates and manages webhooks. There are no events, since only a manager who asks sees webhooks.
 * @param appUrl the public URL of this server, without a path
 */
export function webhookOperations(appUrl: string): Implementation[] {
  const urlOf = (id: string, secret: string) =>
    `${appUrl}/api/v1${incomingHook.path.replace(':webhookId', id).replace(':secret', secret)}`;

  return [
    command(
      webhooks.create,
      async (context) => {
        const { actor, input, now, subject, tx } = context;
        if (!mayHaveWebhooks(subject.conversation)) throw problem('forbidden', 'Customers talk with people.');
        const { secret, hash } = newSecret();
        const row = await insertWebhook(
          tx,
          {
            id: newId(),
            conversation_id: input.conversationId,
            name: input.name,
            avatar: input.avatar,
            secret_hash: hash,
            enabled: true,
            created_by: actor.userId,
            created_at: now,
          },
          maxWebhooks,
        );
        if (row === undefined) throw problem('conflict', `A conversation has at most ${maxWebhooks} webhooks.`);
        await recordAudit(tx, context, { kind: 'webhook_created', actorId: actor.userId, targetId: row.id });
        return { ...present(row), url: urlOf(row.id, secret) };
        // Serializes concurrent creations, so that the count is right.
      },
      { lock: 'change' },
    ),

    read(webhooks.list, async ({ db, input }) => ({
      items: (await webhooksOf(db, input.conversationId)).map(present),
      nextCursor: null,
    })),

    command(webhooks.update, async ({ input, tx }) => {
      const { name, avatar, enabled } = input;
      const row = await updateWebhook(tx, input, {
        ...(name !== undefined && { name }),
        ...(avatar !== undefined && { avatar }),
        ...(enabled !== undefined && { enabled }),
      });
      if (row === undefined) throw problem('not_found');
      return present(row);
    }),

    command(webhooks.rotate, async (context) => {
      const { actor, input, tx } = context;
      const { secret, hash } = newSecret();
      const row = await updateWebhook(tx, input, { secret_hash: hash });
      if (row === undefined) throw problem('not_found');
      await recordAudit(tx, context, { kind: 'webhook_rotated', actorId: actor.userId, targetId: row.id });
      return { ...present(row), url: urlOf(row.id, secret) };
    }),

    command(webhooks.delete, async (context) => {
      const { actor, input, tx } = context;
      if (!(await deleteWebhook(tx, input))) throw problem('not_found');
      await recordAudit(tx, context, { kind: 'webhook_deleted', actorId: actor.userId, targetId: input.webhookId });
      return {};
    }),
  ];
}
