import { collectDeliveryHandlers, type DeliveryHandler, handlerKey } from '../../notifications/ledger/handler.ts';
import { sweepDeliveries } from '../../notifications/ledger/sweeper.ts';
import type { Office } from '../../timers/test/office.ts';

/** A handler that uses `now` as the current time. */
function holding(handler: DeliveryHandler, now: Date): DeliveryHandler {
  return 'write' in handler
    ? { ...handler, write: (work, delivery) => handler.write({ ...work, now }, delivery) }
    : handler;
}

/**
 * Sweeps as of another time: deliveries that are due by then are made, and those that they plan.
 * @returns the kinds of the deliveries, with their occurrences
 */
export async function sweepAt({ app }: Pick<Office, 'app'>, time: Date | string): Promise<string[]> {
  const now = new Date(time);
  const { database } = app;
  const all = [...collectDeliveryHandlers(app.app.modules).values()].map((handler) => holding(handler, now));
  const handlers = new Map(all.map((handler) => [handlerKey(handler), handler]));
  const warnings: unknown[] = [];
  const deps = {
    clock: { steadyNow: () => now },
    database,
    handlers: () => handlers,
    log: { warn: (about: unknown) => void warnings.push(about) },
    transact: app.app.transact,
  };
  const before = await sentOf(app);
  // Deliveries later than the database's clock wait for it, earlier ones do not.
  for (let rounds = 0; rounds < 50; rounds += 1) {
    await database.pool.query(
      "update delivery set next_at = case when due_at <= $1 then now() else 'infinity' end where state = 'planned'",
      [now],
    );
    if ((await sweepDeliveries(deps)) === 0) break;
  }
  if (warnings.length > 0) throw new Error(`Deliveries failed: ${JSON.stringify(warnings)}`);
  return (await sentOf(app)).filter((sent) => !before.includes(sent)).map((sent) => sent.replace(/^\S+ /, ''));
}

async function sentOf({ database }: Office['app']): Promise<string[]> {
  const { rows } = await database.pool.query<{ sent: string }>(
    "select id || ' ' || kind || ' ' || occurrence as sent from delivery where state = 'sent' order by settled_at, id",
  );
  return rows.map(({ sent }) => sent);
}
