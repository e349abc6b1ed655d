import { sizes, webhookEndpoints } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { command, type Implementation, problem, read } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { type AllowedHosts, refusalOf } from '../../platform/outbound/index.ts';
import { streamSeqs } from '../../platform/stream/index.ts';
import { type Keyring, recordAudit } from '../identity/index.ts';
import { deleteEndpoint, endpointsOf, insertEndpoint, lockEndpoint, updateEndpoint } from './endpoint-store.ts';
import { setConversations, takeForeignConversations } from './naming.ts';
import { setPositions } from './position-store.ts';
import { newSecret } from './secret.ts';
import { sourcesOf } from './sources.ts';
import type { EndpointRow } from './tables.ts';
import { showEndpoint, showEndpoints } from './view.ts';

const DAY_MS = 86_400_000;

export interface OperationDeps {
  keyring: Pick<Keyring, 'seal'>;
  webhookHosts: AllowedHosts;
}

/** Loads and locks the endpoint that a command changes. Throws `not_found` if the workspace has no such endpoint. */
export async function changedEndpoint(
  tx: Transaction,
  key: { workspaceId: string; endpointId: string },
): Promise<EndpointRow> {
  const row = await lockEndpoint(tx, key);
  if (row === undefined) throw problem('not_found');
  return row;
}

/** Creates and changes endpoints. There are no events, since only admins who ask see endpoints. */
export function endpointOperations({ keyring, webhookHosts }: OperationDeps): Implementation[] {
  function refuse(url: string): void {
    const refusal = refusalOf(url, webhookHosts);
    if (refusal === undefined) return;
    throw problem('invalid_input', { errors: [{ path: 'url', code: 'invalid_url', message: refusal }] });
  }

  return [
    command(
      webhookEndpoints.create,
      async (context) => {
        const { actor, input, now, tx } = context;
        const { workspaceId, conversationIds } = input;
        refuse(input.url);
        if ((await endpointsOf(tx, workspaceId)).length >= sizes.webhookEndpoints) {
          throw problem('conflict', `A workspace has at most ${sizes.webhookEndpoints} webhook endpoints.`);
        }
        const id = newId();
        const { secret, sealed } = newSecret(keyring, id);
        const row = await insertEndpoint(tx, {
          id,
          workspace_id: workspaceId,
          url: input.url,
          description: input.description,
          event_types: [...new Set(input.eventTypes)],
          enabled: input.enabled,
          secret: sealed,
          created_by: actor.userId,
          created_at: now,
        });
        await setConversations(tx, { endpointId: id, workspaceId, userId: actor.userId }, [
          ...new Set(conversationIds),
        ]);
        await setPositions(tx, id, await streamSeqs(tx, [...(await sourcesOf(tx, row)).keys()]));
        await recordAudit(tx, context, { kind: 'webhook_endpoint_created', actorId: actor.userId, targetId: id });
        return { ...(await showEndpoint(tx, row, { userId: actor.userId, now })), secret };
        // Serializes concurrent creations, so that the count is right.
      },
      { lock: 'change' },
    ),

    read(webhookEndpoints.list, async ({ actor, db, input, now }) => ({
      items: await showEndpoints(db, await endpointsOf(db, input.workspaceId), { userId: actor.userId, now }),
      nextCursor: null,
    })),

    command(webhookEndpoints.update, async (context) => {
      const { actor, input, now, tx } = context;
      const { conversationIds, description, enabled, eventTypes, url, workspaceId } = input;
      const before = await changedEndpoint(tx, input);
      const naming = { endpointId: before.id, workspaceId, userId: actor.userId };
      if (url !== undefined && url !== before.url) {
        refuse(url);
        await takeForeignConversations(tx, naming);
      }
      if (conversationIds !== undefined) await setConversations(tx, naming, [...new Set(conversationIds)]);
      const row = await updateEndpoint(tx, before.id, {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(eventTypes !== undefined && { event_types: [...new Set(eventTypes)] }),
        ...(enabled !== undefined && { enabled, disabled_because: null }),
        // Retries at once, so that the admin sees whether it works now.
        failing_since: null,
        next_at: now,
      });
      await recordAudit(tx, context, { kind: 'webhook_endpoint_updated', actorId: actor.userId, targetId: row.id });
      return showEndpoint(tx, row, { userId: actor.userId, now });
    }),

    command(webhookEndpoints.rotateSecret, async (context) => {
      const { actor, input, now, tx } = context;
      const before = await changedEndpoint(tx, input);
      const { secret, sealed } = newSecret(keyring, before.id);
      const row = await updateEndpoint(tx, before.id, {
        secret: sealed,
        old_secret: before.secret,
        old_secret_until: new Date(now.getTime() + DAY_MS),
      });
      await recordAudit(tx, context, { kind: 'webhook_endpoint_rotated', actorId: actor.userId, targetId: row.id });
      return { ...(await showEndpoint(tx, row, { userId: actor.userId, now })), secret };
    }),

    command(webhookEndpoints.delete, async (context) => {
      const { actor, input, tx } = context;
      const { id } = await changedEndpoint(tx, input);
      await deleteEndpoint(tx, id);
      await recordAudit(tx, context, { kind: 'webhook_endpoint_deleted', actorId: actor.userId, targetId: id });
      return {};
    }),
  ];
}
