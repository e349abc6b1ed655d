import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import { type Encoded, encode } from './frame.ts';

/** What waits for a reader that has not taken it yet. */
export interface Backlog {
  bytes: number;
  packets: number;
}

/** More than this waiting to be sent: volatile events are dropped. */
const BUSY: Backlog = { bytes: 2 * 1024 * 1024, packets: 200 };
/** More than this: the reader is cut before it costs more memory; it resumes by number. */
const PATIENCE: Backlog = { bytes: 8 * 1024 * 1024, packets: 500 };

interface WebSocketTransport {
  name: string;
  writable: boolean;
  socket?: { _socket?: NetSocket | null; readyState: number };
}

interface EngineSocket {
  transport: WebSocketTransport;
  readyState: string;
  upgrading: boolean;
  writeBuffer: unknown[];
  write(packet: string): unknown;
  close(discard: boolean): void;
}

/** How long a reader that is cut has to take what was sent before. */
const LAST_READ_MS = 1_000;

const OPEN = 1;

/** Those who have something to send: one look at the end of a turn serves them all. */
let due: Wire[] = [];

function flushDue(): void {
  const wires = due;
  due = [];
  let at = 0;
  try {
    while (at < wires.length) wires[at++]?.flush();
  } finally {
    // One that throws must not silence those behind it.
    if (at < wires.length) {
      due = [...wires.slice(at), ...due];
      setImmediate(flushDue);
    }
  }
}

/**
 * The bytes under one Socket.IO connection. Events that are ready together go out in one write, past the layers that
 * would handle each alone; whatever else the layers have to say keeps its place in the order.
 */
export class Wire {
  private readonly engine: EngineSocket;
  private readonly patience: Backlog;
  private queue: Encoded[] = [];
  private ended = false;

  constructor(socket: Socket, patience: Backlog = PATIENCE) {
    this.patience = patience;
    this.engine = socket.conn as unknown as EngineSocket;
  }

  /** Sends at the end of this turn of the loop, together with everything else that is ready by then. */
  send(encoded: Encoded): void {
    if (this.ended) return;
    this.queue.push(encoded);
    if (this.queue.length > 1) return;
    due.push(this);
    if (due.length === 1) setImmediate(flushDue);
  }

  /** Lets the answers of commands travel with the events: what a write brings forth is then one write here too. */
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

  /** Sends what waits. */
  flush(): void {
    const queue = this.queue;
    if (queue.length === 0) return;
    this.queue = [];
    const direct = this.direct();
    if (direct === undefined) {
      for (const { packets } of queue) for (const packet of packets) this.engine.write(packet);
    } else {
      const [first] = queue;
      direct.write(queue.length === 1 && first ? first.frames : Buffer.concat(queue.map(({ frames }) => frames)));
    }
  }

  isBusy(): boolean {
    return this.exceeds(BUSY);
  }

  isSlow(): boolean {
    return this.exceeds(this.patience);
  }

  private exceeds(most: Backlog): boolean {
    const { transport, writeBuffer } = this.engine;
    const bytes = transport.socket?._socket?.writableLength ?? 0;
    return bytes > most.bytes || writeBuffer.length > most.packets;
  }

  /**
   * Sends one last thing, and drops the connection soon after. Whatever is sent from now on is thrown away, so that a
   * reader that does not read costs no more memory.
   */
  endWith(last: Encoded): void {
    this.queue = [last];
    this.flush();
    this.ended = true;
    setTimeout(() => this.cut(), LAST_READ_MS).unref();
  }

  /** Drops the connection without waiting for a reader that does not read. */
  cut(): void {
    this.ended = true;
    this.queue = [];
    const net = this.engine.transport.socket?._socket;
    if (net) net.destroy();
    // A reader by polling has no line of its own; what waits for it is thrown away.
    else this.engine.close(true);
  }

  /** The TCP socket, when nothing of the layers in between is waiting to go first. */
  private direct(): NetSocket | undefined {
    const { transport, upgrading, readyState, writeBuffer } = this.engine;
    if (transport.name !== 'websocket' || upgrading || readyState !== 'open' || writeBuffer.length > 0)
      return undefined;
    const net = transport.socket?.readyState === OPEN ? transport.socket._socket : undefined;
    return net?.writable ? net : undefined;
  }
}
