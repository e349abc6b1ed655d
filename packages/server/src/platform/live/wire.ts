import type { ServerResponse } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import { type Encoded, encode } from './frame.ts';

/** Data that waits for a reader to receive it. */
export interface Backlog {
  bytes: number;
  packets: number;
}

/** Backlog above which the reader is disconnected; it resumes by position. */
const PATIENCE: Backlog = { bytes: 8 * 1024 * 1024, packets: 500 };
/** The fraction of it above which volatile events are dropped and commands wait. */
const BUSY: Backlog = { bytes: 1 / 4, packets: 2 / 5 };

interface Transport {
  name: string;
  writable: boolean;
  /** Of a WebSocket. */
  socket?: { _socket?: NetSocket | null; readyState: number };
  /** The pending poll of a client without a WebSocket. */
  res?: ServerResponse | null;
}

interface EngineSocket {
  transport: Transport;
  readyState: string;
  upgrading: boolean;
  writeBuffer: unknown[];
  write(packet: string): unknown;
  close(discard: boolean): void;
  on(event: 'flush', listener: () => void): unknown;
}

/** How long a disconnected reader has to receive what was sent before. */
const LAST_READ_MS = 1_000;

const OPEN = 1;

/** Connections with pending data; one flush at the end of a turn serves them all. */
let due: Wire[] = [];

function flushDue(): void {
  const wires = due;
  due = [];
  let at = 0;
  try {
    while (at < wires.length) wires[at++]?.flush();
  } finally {
    // A failing connection must not block the others.
    if (at < wires.length) {
      due = [...wires.slice(at), ...due];
      setImmediate(flushDue);
    }
  }
}

/**
 * The bytes of one Socket.IO connection. Events that are ready together are sent in one write, bypassing the layers
 * that would send each alone; other packets keep their place in the order.
 */
export class Wire {
  private readonly engine: EngineSocket;
  private readonly patience: Backlog;
  private readonly busy: Backlog;
  private queue: Encoded[] = [];
  /** In `queue`. */
  private queuedBytes = 0;
  /** Passed to the layers, which have not forwarded it. */
  private bufferedBytes = 0;
  /** Bytes in answers to polls that are not fully read. */
  private polledBytes = 0;
  /** Grows with everything that the reader receives. */
  private progress = 0;
  private lastProgress: string | undefined;
  private ended = false;

  constructor(socket: Socket, patience: Backlog = PATIENCE) {
    this.patience = patience;
    this.busy = { bytes: patience.bytes * BUSY.bytes, packets: patience.packets * BUSY.packets };
    this.engine = socket.conn as unknown as EngineSocket;
    this.engine.on('flush', () => this.flushed());
  }

  /** Sends at the end of this turn, together with everything else that is ready by then. */
  send(encoded: Encoded): void {
    if (this.ended) return;
    this.queue.push(encoded);
    this.queuedBytes += encoded.frames.length;
    if (this.queue.length > 1) return;
    due.push(this);
    if (due.length === 1) setImmediate(flushDue);
  }

  /**
   * Sends answers of commands together with events, so that the results of one database write are one write here too.
   */
  carryAcks(socket: Socket): void {
    const answers = socket as unknown as { ack(id: number): (...data: unknown[]) => void };
    answers.ack = (id) => {
      let answered = false;
      return (...data) => {
        if (answered) return;
        answered = true;
        this.send(encode(`3${id}${JSON.stringify(data)}`));
      };
    };
  }

  /** Sends pending data. */
  flush(): void {
    const queue = this.queue;
    if (queue.length === 0) return;
    this.queue = [];
    const bytes = this.queuedBytes;
    this.queuedBytes = 0;
    const direct = this.direct();
    if (direct === undefined) {
      this.bufferedBytes += bytes;
      for (const { packets } of queue) for (const packet of packets) this.engine.write(packet);
    } else {
      const [first] = queue;
      direct.write(queue.length === 1 && first ? first.frames : Buffer.concat(queue.map(({ frames }) => frames)));
    }
  }

  /** The backlog is so large that nothing optional should be added. */
  isBusy(): boolean {
    return this.exceeds(this.busy);
  }

  isSlow(): boolean {
    return this.exceeds(this.patience);
  }

  /** Bytes that the reader has not received: queued in this process, or not accepted by the system. */
  waitingBytes(): number {
    const unsent = this.net()?.writableLength ?? 0;
    return this.queuedBytes + this.bufferedBytes + this.polledBytes + unsent;
  }

  /** True if data has been pending since the last check, and the reader received nothing in between. */
  isStalled(): boolean {
    const net = this.net() as (NetSocket & { _handle?: { writeQueueSize?: number } | null }) | undefined;
    const sent = net ? `${net.bytesWritten - net.writableLength}/${net._handle?.writeQueueSize ?? 0}` : '';
    const progress = this.waitingBytes() === 0 ? undefined : `${this.progress}/${sent}`;
    const stalled = progress !== undefined && progress === this.lastProgress;
    this.lastProgress = progress;
    return stalled;
  }

  private exceeds(most: Backlog): boolean {
    return this.waitingBytes() > most.bytes || this.engine.writeBuffer.length > most.packets;
  }

  /** The layers forward everything that they hold: to the system, or in the answer to a poll. */
  private flushed(): void {
    const bytes = this.bufferedBytes;
    this.bufferedBytes = 0;
    const { name, res } = this.engine.transport;
    if (name !== 'polling' || !res) return;
    this.polledBytes += bytes;
    res.once('close', () => {
      this.polledBytes -= bytes;
      this.progress += 1;
    });
  }

  private net(): NetSocket | undefined {
    return this.engine.transport.socket?._socket ?? undefined;
  }

  /**
   * Sends a last packet and drops the connection soon after. Later data is discarded, so that a reader that does not
   * read costs no more memory.
   */
  endWith(last: Encoded): void {
    this.queue = [last];
    this.queuedBytes = last.frames.length;
    this.flush();
    this.ended = true;
    setTimeout(() => this.cut(), LAST_READ_MS).unref();
  }

  /** Drops the connection without waiting for the reader. */
  cut(): void {
    this.ended = true;
    this.queue = [];
    this.queuedBytes = 0;
    const net = this.net();
    if (net) net.destroy();
    // A polling reader has no socket of its own; its pending data is discarded.
    else this.engine.close(true);
  }

  /** The TCP socket, if no data of the layers in between is queued before ours. */
  private direct(): NetSocket | undefined {
    const { transport, upgrading, readyState, writeBuffer } = this.engine;
    if (transport.name !== 'websocket' || upgrading || readyState !== 'open' || writeBuffer.length > 0)
      return undefined;
    const net = transport.socket?.readyState === OPEN ? transport.socket._socket : undefined;
    return net?.writable ? net : undefined;
  }
}
