import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCharacter } from '../../../test/any-character.ts';
import type { LiveEvent } from '../stream/index.ts';
import { encode, encodeEvents, encodeView, toFrame, toPacket } from './frame.ts';

/** Parses RFC 6455 frames of a server like a client. */
function readFrames(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes[at]).toBe(0x81);
    const short = bytes[at + 1]!;
    expect(short & 0x80, 'a server masks nothing').toBe(0);
    const [length, header] =
      short < 126
        ? [short, 2]
        : short === 126
          ? [bytes.readUInt16BE(at + 2), 4]
          : [Number(bytes.readBigUInt64BE(at + 2)), 10];
    // The shortest form that fits, as the RFC requires.
    expect(header).toBe(length < 126 ? 2 : length < 65_536 ? 4 : 10);
    messages.push(bytes.toString('utf8', at + header, at + header + length));
    at += header + length;
  }
  return messages;
}

const event = (seq: number, data: Record<string, unknown> = { text: 'x' }): LiveEvent => ({
  type: 'message:receive',
  data,
  meta: { stream: 'conversation:0', seq, at: '2026-01-01T00:00:00.000Z', actorId: null },
  effect: undefined,
});

describe('a frame', () => {
  it.each([0, 1, 123, 124, 125, 126, 127, 65_533, 65_534, 65_535, 65_536, 200_000])(
    'contains %i characters',
    (length) => {
      const packet = 'x'.repeat(length);
      expect(readFrames(toFrame(packet))).toEqual([`4${packet}`]);
    },
  );

  it('counts bytes, not characters', () => {
    for (const [text, repeat] of [
      ['é', 62],
      ['日', 42],
      ['🎉', 31],
      ['🎉', 16_384],
      ['日', 21_845],
    ] as const) {
      const packet = text.repeat(repeat);
      expect(readFrames(toFrame(packet))).toEqual([`4${packet}`]);
    }
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        expect(readFrames(toFrame(text))).toEqual([`4${text.toWellFormed()}`]);
      }),
    );
  });
});

describe('a packet', () => {
  it('is a Socket.IO event of the default namespace', () => {
    expect(toPacket('typing', { a: 1 })).toBe('2["typing",{"a":1}]');
    expect(toPacket('message:receive', { a: 1 }, { seq: 2 })).toBe('2["message:receive",{"a":1},{"seq":2}]');
  });
});

describe('events', () => {
  it('are sent in one piece, encoded once for all recipients', () => {
    const events = [event(1), event(2, { text: 'Größe 日本 🎉' })];
    const encoded = encodeEvents(events);
    expect(encodeEvents(events)).toBe(encoded);
    const packets = events.map(({ type, data, meta }) => toPacket(type, data, meta));
    expect(encoded.packets).toEqual(packets);
    expect(readFrames(encoded.frames)).toEqual(packets.map((packet) => `4${packet}`));
  });

  it('are the requested ones, whatever was encoded before', () => {
    const [one, other] = [[event(1)], [event(1, { text: 'y' })]];
    for (const events of [one, other, one]) {
      expect(encodeEvents(events)).toEqual(encode(toPacket('message:receive', events[0]!.data, events[0]!.meta)));
    }
  });

  it('are the same for a reader who sees some of them differently, without affecting the others', () => {
    const [one, other, instead] = [event(1), event(2), event(2, { text: 'hidden' })];
    const events = [one, other];
    const encoded = encodeEvents(events);
    const toEventPacket = ({ type, data, meta }: LiveEvent) => toPacket(type, data, meta);
    expect(encodeView([one, instead])).toEqual(encode(toEventPacket(one), toEventPacket(instead)));
    expect(encodeView([one, instead])).toEqual(encodeView([one, instead]));
    expect(encodeEvents(events)).toBe(encoded);
  });
});
