import type { LiveEvent } from '../stream/index.ts';

const TEXT_FRAME = 0x81;

/** Data sent in one piece. */
export interface Encoded {
  /** For the layers of Socket.IO, without the Engine.IO prefix. */
  readonly packets: readonly string[];
  /** The same for a direct WebSocket: consecutive frames. */
  readonly frames: Buffer;
}

/** An event as a Socket.IO packet of the default namespace, without the Engine.IO prefix. */
export function toPacket(type: string, data: unknown, meta?: unknown): string {
  return `2${JSON.stringify(meta === undefined ? [type, data] : [type, data, meta])}`;
}

/**
 * A WebSocket text frame from server to client (RFC 6455 §5.2: final, unmasked) with one Engine.IO message.
 * @param packet a Socket.IO packet
 */
export function toFrame(packet: string): Buffer {
  const length = Buffer.byteLength(packet) + 1;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = TEXT_FRAME;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame[header] = 0x34;
  frame.write(packet, header + 1);
  return frame;
}

/** Joins packets. */
export function encode(...packets: readonly string[]): Encoded {
  const [only] = packets;
  const isAlone = only !== undefined && packets.length === 1;
  return { packets, frames: isAlone ? toFrame(only) : Buffer.concat(packets.map(toFrame)) };
}

let last: { events: readonly LiveEvent[]; encoded: Encoded } | undefined;

/** Encodes events. Cached for everyone who receives the same array, since they receive it one right after another. */
export function encodeEvents(events: readonly LiveEvent[]): Encoded {
  if (last?.events !== events) last = { events, encoded: encode(...events.map(toEventPacket)) };
  return last.encoded;
}

const packets = new WeakMap<LiveEvent, string>();

/** Encodes events for a reader who sees some of them differently. The others are encoded once for all. */
export function encodeView(events: readonly LiveEvent[]): Encoded {
  return encode(...events.map(packetOf));
}

function packetOf(event: LiveEvent): string {
  let packet = packets.get(event);
  if (packet === undefined) {
    packet = toEventPacket(event);
    packets.set(event, packet);
  }
  return packet;
}

function toEventPacket({ type, data, meta }: LiveEvent): string {
  return toPacket(type, data, meta);
}
