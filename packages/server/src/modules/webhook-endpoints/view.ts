import type { StreamName, WebhookEndpoint } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { readEventsAfter, streamRanges } from '../../platform/stream/index.ts';
import { memberOfWhich } from '../chat/index.ts';
import { waitingCounts } from './delivery-store.ts';
import { namedConversations } from './endpoint-store.ts';
import { positionsOfAll } from './position-store.ts';
import { type Lag, presentEndpoint } from './present.ts';
import type { EndpointRow } from './tables.ts';

const older = (one: Date | null, other: Date | null) =>
  one === null || other === null ? (one ?? other) : one < other ? one : other;

/** The lag of each endpoint: waiting deliveries, and events of its streams after its positions. */
export async function lagsOf(db: Executor, endpointIds: readonly string[]): Promise<Map<string, Lag>> {
  const waiting = await waitingCounts(db, endpointIds);
  const positions = Map.groupBy(await positionsOfAll(db, endpointIds), ({ endpoint_id }) => endpoint_id);
  const lags = new Map<string, Lag>();
  for (const id of endpointIds) {
    const known = new Map((positions.get(id) ?? []).map(({ stream, seq }) => [stream as StreamName, seq]));
    const behind = (await streamRanges(db, [...known.keys()])).flatMap(
      ({ name, floor, seq }): [StreamName, number][] => {
        const position = Math.max(known.get(name) ?? seq, floor);
        return position < seq ? [[name, position]] : [];
      },
    );
    const heads = new Map(
      (
        await streamRanges(
          db,
          behind.map(([name]) => name),
        )
      ).map(({ name, seq }) => [name, seq]),
    );
    const unread = behind.reduce((sum, [name, position]) => sum + (heads.get(name) ?? position) - position, 0);
    const first = await readEventsAfter(db, new Map(behind), Math.max(1, behind.length), 1);
    const { count = 0, oldestAt = null } = waiting.get(id) ?? {};
    lags.set(id, {
      events: count + unread,
      oldestAt: first.reduce<Date | null>((oldest, { at }) => older(oldest, at), oldestAt),
    });
  }
  return lags;
}

/** Endpoints as an admin sees them: private conversations only if the admin is a member. */
export async function showEndpoints(
  db: Executor,
  rows: readonly EndpointRow[],
  { userId, now }: { userId: string; now: Date },
): Promise<WebhookEndpoint[]> {
  const ids = rows.map(({ id }) => id);
  const lags = await lagsOf(db, ids);
  const named = await namedConversations(db, ids);
  const visible = new Set(
    await memberOfWhich(
      db,
      userId,
      named.map(({ conversation_id }) => conversation_id),
    ),
  );
  return rows.map((row) =>
    presentEndpoint(row, {
      now,
      lag: lags.get(row.id) ?? { events: 0, oldestAt: null },
      conversationIds: named.flatMap(({ endpoint_id, conversation_id: id }) =>
        endpoint_id === row.id && visible.has(id) ? [id] : [],
      ),
    }),
  );
}

/** One endpoint. */
export async function showEndpoint(
  db: Executor,
  row: EndpointRow,
  reader: { userId: string; now: Date },
): Promise<WebhookEndpoint> {
  const [shown] = await showEndpoints(db, [row], reader);
  if (shown === undefined) throw new Error('An endpoint was not shown.');
  return shown;
}
