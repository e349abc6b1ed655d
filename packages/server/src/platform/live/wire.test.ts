import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { encode } from './frame.ts';
import { Wire } from './wire.ts';

let broken: Error[] = [];
const note = (error: Error) => void broken.push(error);
afterEach(() => {
  process.off('uncaughtException', note);
  broken = [];
});

/** A wire through the layers, which records what it is given. */
function line(write?: () => void): { wire: Wire; written: string[] } {
  const written: string[] = [];
  const conn = {
    transport: { name: 'polling', writable: true },
    readyState: 'open',
    upgrading: false,
    writeBuffer: [],
    write(packet: string) {
      write?.();
      written.push(packet);
    },
    close() {},
    on() {},
  };
  return { wire: new Wire({ conn } as unknown as Socket), written };
}

describe('wires', () => {
  it('send what was given to them by the end of the turn, each in its order', async () => {
    const [one, other] = [line(), line()];
    one.wire.send(encode('a', 'b'));
    other.wire.send(encode('c'));
    one.wire.send(encode('d'));
    expect([one.written, other.written]).toEqual([[], []]);
    await nextTurn();
    expect([one.written, other.written]).toEqual([['a', 'b', 'd'], ['c']]);
  });

  it('send early data once, and then what is added in the same turn', async () => {
    const { wire, written } = line();
    wire.send(encode('a'));
    wire.flush();
    expect(written).toEqual(['a']);
    wire.send(encode('b'));
    await nextTurn();
    expect(written).toEqual(['a', 'b']);
  });

  it('accept more while they send', async () => {
    const second = line();
    const first = line(() => second.wire.send(encode('then')));
    first.wire.send(encode('a'));
    await nextTurn();
    await nextTurn();
    expect([first.written, second.written]).toEqual([['a'], ['then']]);
  });

  it('send nothing more once they are closed', async () => {
    const { wire, written } = line();
    wire.send(encode('a'));
    wire.cut();
    await nextTurn();
    expect(written).toEqual([]);
  });

  it('end with one last packet, without what waited before it and what is added after it', async () => {
    const { wire, written } = line();
    wire.send(encode('a'));
    wire.endWith(encode('last'));
    wire.send(encode('b'));
    await nextTurn();
    expect(written).toEqual(['last']);
  });

  it('are not blocked by one that fails', async () => {
    // Vitest's own listeners would treat it as a failure of the test.
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', note);
    const lines = [line(), line(), line()];
    const failing = line(() => {
      throw new Error('this wire is broken');
    });
    for (const { wire } of [lines[0]!, failing, lines[1]!, lines[2]!]) wire.send(encode('a'));
    await nextTurn();
    await nextTurn();
    for (const { wire } of lines) wire.send(encode('b'));
    await nextTurn();
    for (const listener of listeners) process.on('uncaughtException', listener);
    expect(lines.map(({ written }) => written)).toEqual(Array(3).fill(['a', 'b']));
    expect(broken.map(({ message }) => message)).toEqual(['this wire is broken']);
  });
});
