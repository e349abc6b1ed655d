import type { StreamName } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { problem } from '../../platform/module/index.ts';
import { memberOfWhich, privateConversationsWith } from '../chat/index.ts';
import { deleteWaiting } from './delivery-store.ts';
import { nameConversations, namedConversations, unnameConversations } from './endpoint-store.ts';
import { deletePositions } from './position-store.ts';

interface Naming {
  endpointId: string;
  workspaceId: string;
  /** The person who changes the endpoint. */
  userId: string;
}

/** Refuses conversations that cannot be selected: the person must be a member. */
async function refuseOthers(
  tx: Transaction,
  { workspaceId, userId }: Naming,
  conversationIds: readonly string[],
): Promise<void> {
  const found = new Set(await privateConversationsWith(tx, { workspaceId, userId, ids: conversationIds }));
  const at = conversationIds.findIndex((id) => !found.has(id));
  if (at === -1) return;
  throw problem('invalid_input', {
    errors: [
      { path: `conversationIds[${at}]`, code: 'not_found', message: 'is no private channel or group of yours here' },
    ],
  });
}

async function take(tx: Transaction, endpointId: string, conversationIds: readonly string[]): Promise<void> {
  const streams = conversationIds.map((id): StreamName => `conversation:${id}`);
  await unnameConversations(tx, endpointId, conversationIds);
  await deletePositions(tx, endpointId, streams);
  await deleteWaiting(tx, endpointId, streams);
}

/** Sets which private conversations of a person an endpoint receives; those that the person cannot see stay. */
export async function setConversations(tx: Transaction, naming: Naming, wanted: readonly string[]): Promise<void> {
  const { endpointId, userId } = naming;
  const named = (await namedConversations(tx, [endpointId])).map(({ conversation_id }) => conversation_id);
  const added = wanted.filter((id) => !named.includes(id));
  await refuseOthers(tx, naming, added);
  const visible = await memberOfWhich(tx, userId, named);
  await take(
    tx,
    endpointId,
    visible.filter((id) => !wanted.includes(id)),
  );
  await nameConversations(tx, { endpointId, userId, conversationIds: added });
}

/** Removes the conversations that a person is not in: they must not be able to redirect those messages. */
export async function takeForeignConversations(tx: Transaction, { endpointId, userId }: Naming): Promise<void> {
  const named = (await namedConversations(tx, [endpointId])).map(({ conversation_id }) => conversation_id);
  const visible = new Set(await memberOfWhich(tx, userId, named));
  await take(
    tx,
    endpointId,
    named.filter((id) => !visible.has(id)),
  );
}
