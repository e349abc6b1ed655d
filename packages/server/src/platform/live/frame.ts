import type { LiveEvent } from '../stream/index.ts';

const TEXT_FRAME = 0x81;
const encoded = new WeakMap<readonly LiveEvent[], Buffer>();
const packets = new WeakMap<LiveEvent, string>();

/** An event as a Socket.IO packet of the default namespace, without the Engine.IO prefix. */
export function toPacket(type: string, data: unknown, meta?: unknown): string {
  return `2${JSON.stringify(meta === undefined ? [type, data] : [type, data, meta])}`;
}

/** The packet of a durable event, made once however many sockets get it. */
export function packetOf(event: LiveEvent): string {
  let packet = packets.get(event);
  if (packet === undefined) {
    packet = toPacket(event.type, event.data, event.meta);
    packets.set(event, packet);
  }
  return packet;
}

/**
 * A WebSocket text frame from server to client (RFC 6455 §5.2: final, unmasked) holding one Engine.IO message.
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

/** The frames of several events one after another: one write serves a socket. Made once for all readers of a batch. */
export function framesOf(events: readonly LiveEvent[]): Buffer {
  let frames = encoded.get(events);
  if (frames === undefined) {
    const each = events.map((event) => toFrame(packetOf(event)));
    frames = each.length === 1 ? (each[0] ?? Buffer.alloc(0)) : Buffer.concat(each);
    encoded.set(events, frames);
  }
  return frames;
}
