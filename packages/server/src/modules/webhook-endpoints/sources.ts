import type { StreamName } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { memberOfWhich, publicChannelsOf } from '../chat/index.ts';
import { workspaceStream } from '../workspaces/index.ts';
import { namedConversations } from './endpoint-store.ts';
import type { EndpointRow } from './tables.ts';

/** When each stream that an endpoint may see began; null: it gets nothing from before the stream was added. */
export type Sources = ReadonlyMap<StreamName, Date | null>;

/**
 * The streams that an endpoint may see now: those of the workspace, of its desk and of its public channels, and of
 * private conversations while the person who added them is a member.
 */
export async function sourcesOf(
  db: Executor,
  { id, workspace_id: workspaceId }: Pick<EndpointRow, 'id' | 'workspace_id'>,
): Promise<Sources> {
  const sources = new Map<StreamName, Date | null>([
    [workspaceStream(workspaceId), null],
    [`desk:${workspaceId}`, null],
  ]);
  for (const channel of await publicChannelsOf(db, workspaceId)) {
    sources.set(`conversation:${channel.id}`, channel.createdAt);
  }
  const named = Map.groupBy(await namedConversations(db, [id]), ({ named_by }) => named_by);
  for (const [userId, rows] of named) {
    const ids = rows.map(({ conversation_id }) => conversation_id);
    for (const conversationId of await memberOfWhich(db, userId, ids))
      sources.set(`conversation:${conversationId}`, null);
  }
  return sources;
}
