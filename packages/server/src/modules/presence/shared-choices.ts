import { id, instant } from '@atrium/protocol';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Connections } from './connections.ts';
import type { Remembered, Tracker } from './tracker.ts';

const TOPIC = 'presence:chosen';
const choice = z.strictObject({
  userId: id,
  status: z.enum(['online', 'away', 'dnd']),
  until: instant.nullable().optional(),
});

/**
 * Shares the chosen statuses between nodes. A node that missed one reads it from the database when the nodes are
 * connected again.
 */
export function shareChoices(
  tracker: Tracker,
  deps: {
    connections: Pick<Connections, 'publishToPeers' | 'onPeers' | 'onRejoin'>;
    load(userIds: readonly string[]): Promise<ReadonlyMap<string, Remembered>>;
    log: Pick<Logger, 'warn'>;
  },
): Tracker {
  const { connections, load, log } = deps;
  connections.onPeers(TOPIC, (data) => {
    const { success, data: chosen } = choice.safeParse(data);
    if (success) tracker.chose(chosen.userId, chosen.status, chosen.until ? new Date(chosen.until) : null);
  });
  connections.onRejoin(() => {
    load(tracker.present()).then(
      (remembered) => {
        for (const [userId, { chosen, until }] of remembered) tracker.chose(userId, chosen, until);
      },
      (error: unknown) => log.warn({ err: error }, 'presence: reading what people chose failed'),
    );
  });
  return {
    ...tracker,
    chose(userId, status, until = null) {
      tracker.chose(userId, status, until);
      connections.publishToPeers(TOPIC, { userId, status, until: until?.toISOString() ?? null });
    },
  };
}
