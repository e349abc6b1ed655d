import { type StreamName, webhookEndpoints } from '@atrium/protocol';
import { command, type Implementation, keyset, problem, read } from '../../platform/module/index.ts';
import { positionsAt, readEpoch, readEventsAfter, type StreamHub } from '../../platform/stream/index.ts';
import { recordAudit } from '../identity/index.ts';
import { deleteWaiting, deliveriesBefore, findDelivery, insertDeliveries } from './delivery-store.ts';
import { findEndpoint, updateEndpoint } from './endpoint-store.ts';
import { changedEndpoint } from './operations.ts';
import { deliveryOf } from './payload.ts';
import { setPositions } from './position-store.ts';
import { presentDelivery } from './present.ts';
import { sourcesOf } from './sources.ts';
import { showEndpoint } from './view.ts';

const ordinals = keyset(
  ['number'],
  (ordinal) => ordinal,
  (ordinal: number) => [ordinal],
);

/** The delivery log, resending and replaying. */
export function deliveryOperations({ streams }: { streams: Pick<StreamHub, 'render'> }): Implementation[] {
  return [
    read(webhookEndpoints.deliveries, async ({ db, input }) => {
      const endpoint = await findEndpoint(db, input);
      if (endpoint === undefined) throw problem('not_found');
      const page = ordinals.page(input);
      const found = await deliveriesBefore(db, endpoint.id, {
        before: page.after,
        limit: page.limit,
        state: input.state,
      });
      const { rows, nextCursor } = ordinals.cut(found, page, ({ ordinal }) => ordinal);
      return { items: rows.map(presentDelivery), nextCursor };
    }),

    command(webhookEndpoints.resend, async ({ input, tx }) => {
      const endpoint = await changedEndpoint(tx, input);
      const delivery = await findDelivery(tx, endpoint.id, input.deliveryId);
      if (delivery === undefined) throw problem('not_found');
      if (delivery.state === 'waiting') return presentDelivery(delivery);
      const stream = delivery.stream as StreamName;
      const isReadable = (await sourcesOf(tx, endpoint)).has(stream);
      const found = isReadable ? await readEventsAfter(tx, new Map([[stream, delivery.seq - 1]]), 1) : [];
      const [event] = await streams.render(found.filter(({ seq }) => seq === delivery.seq));
      if (event?.type !== delivery.type) throw problem('conflict', 'The event is gone, or must not be sent any more.');
      const made = deliveryOf(endpoint, await readEpoch(tx), event);
      if (made.id !== delivery.id) throw problem('conflict', 'The event is gone: a backup was restored.');
      await insertDeliveries(tx, endpoint.id, [made]);
      const again = await findDelivery(tx, endpoint.id, delivery.id);
      return presentDelivery(again ?? delivery);
    }),

    command(webhookEndpoints.replay, async (context) => {
      const { actor, input, now, tx } = context;
      const before = await changedEndpoint(tx, input);
      const sources = [...(await sourcesOf(tx, before)).keys()];
      const { since, after = 0 } = input;
      const stream = input.stream as StreamName | undefined;
      if (stream !== undefined && !sources.includes(stream)) throw problem('not_found');
      const positions =
        since === undefined
          ? new Map(stream === undefined ? [] : [[stream, after]])
          : await positionsAt(tx, sources, new Date(since));
      await deleteWaiting(tx, before.id, [...positions.keys()]);
      await setPositions(tx, before.id, positions);
      // The sender may have read the old positions.
      const row = await updateEndpoint(tx, before.id, {});
      await recordAudit(tx, context, { kind: 'webhook_endpoint_replayed', actorId: actor.userId, targetId: row.id });
      return showEndpoint(tx, row, { userId: actor.userId, now });
    }),
  ];
}
