import type { Broadcast, ConnectionsByDevice, PeerListener, Peers } from '../live/index.ts';
import { type Message, MOST_PEOPLE, recordsOf, type Unsigned } from './message.ts';
import { Roster } from './roster.ts';

/** Requests from several nodes at once share one answer. */
const ANSWER_AFTER_MS = 50;

/** Exchanges connections, and volatile events, with the other nodes. */
export interface Exchange extends Peers {
  /** Number of nodes known, including this one. */
  nodes(): number;
  take(message: Message, now: number): void;
  /** Announces that this node is alive. */
  beat(): void;
  /**
   * Drops nodes that stopped responding.
   * @returns their names
   */
  expire(now: number): string[];
  /** The other nodes are reachable again, or for the first time. */
  rejoin(now: number): void;
  /** Announces that this node stops. */
  leave(): void;
}

/** @param send may lose messages */
export function createExchange(send: (message: Unsigned) => void, self: string): Exchange {
  const own = new Map<string, ConnectionsByDevice>();
  const fresh = new Map<string, ConnectionsByDevice>();
  let version = 0;
  let scheduled = false;
  let answering = false;
  let joined = false;
  let left = false;
  let listener: PeerListener | undefined;
  const roster = new Roster({
    changed: (userId) => listener?.devicesChanged(userId),
    missed: (node) => send({ kind: 'ask', of: node }),
  });

  function publishFresh(): void {
    scheduled = false;
    const records = recordsOf(fresh, MOST_PEOPLE);
    fresh.clear();
    for (const devices of records) {
      // Also if it cannot be sent: the gap in versions tells the others that they missed something.
      version += 1;
      send({ kind: 'changed', version, devices });
    }
  }

  function publishAll(): void {
    answering = false;
    if (left) return;
    const records = recordsOf(own, MOST_PEOPLE);
    for (const [part, devices] of records.entries()) {
      send({ kind: 'all', version, part, parts: records.length, devices });
    }
  }

  function answer(): void {
    if (answering) return;
    answering = true;
    setTimeout(publishAll, ANSWER_AFTER_MS).unref();
  }

  return {
    devices: (userId) => roster.devices(userId),
    total: () => roster.total(),
    nodes: () => roster.size + 1,
    publishDevices(userId, devices) {
      if (Object.keys(devices).length === 0) own.delete(userId);
      else own.set(userId, devices);
      fresh.set(userId, devices);
      if (scheduled) return;
      scheduled = true;
      setImmediate(publishFresh);
    },
    broadcast: ({ streams, type, data, exceptUserId }: Broadcast) =>
      send({ kind: 'volatile', streams: [...streams], type, data, ...(exceptUserId && { exceptUserId }) }),
    word: (topic, data) => send({ kind: 'word', topic, data }),
    listen(next) {
      listener = next;
    },
    beat: () => send({ kind: 'beat', version }),
    expire: (now) => roster.expire(now),
    rejoin(now) {
      roster.renew(now);
      send({ kind: 'ask' });
      publishAll();
      if (joined) listener?.rejoined();
      joined = true;
    },
    leave() {
      left = true;
      send({ kind: 'bye' });
    },
    take(message, now) {
      const { from, kind } = message;
      if (from === self) return;
      switch (kind) {
        case 'beat':
          return roster.beat(from, message.version, now);
        case 'changed':
          return roster.change(from, message.version, message.devices, now);
        case 'all':
          return roster.take(from, message, now);
        case 'ask':
          if (message.of === undefined || message.of === self) answer();
          return;
        case 'bye':
          return roster.drop(from);
        case 'volatile':
          return listener?.broadcast(message);
        case 'word':
          return listener?.word(message.topic, message.data);
        case 'heads':
          return;
      }
    },
  };
}
