import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import { toFrame } from './frame.ts';

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

const OPEN = 1;

/**
 * The bytes under one Socket.IO connection. Events that are ready together go out in one write, past the layers that
 * would handle each alone; whatever else the layers have to say keeps its place in the order.
 */
export class Wire {
  private readonly engine: EngineSocket;
  private readonly patience: Backlog;
  private queue: { frames: Buffer; packets: () => string[] }[] = [];
  private scheduled = false;

  constructor(socket: Socket, patience: Backlog = PATIENCE) {
    this.patience = patience;
    this.engine = socket.conn as unknown as EngineSocket;
  }

  /** Sends at the end of this turn of the loop, together with everything else that is ready by then. */
  send(frames: Buffer, packets: () => string[]): void {
    this.queue.push({ frames, packets });
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  /** Lets the answers of commands travel with the events: what a write brings forth is then one write here too. */
  carryAcks(socket: Socket): void {
    const answers = socket as unknown as { ack(id: number): (...data: unknown[]) => void };
    answers.ack = (id) => {
      let answered = false;
      return (...data) => {
        if (answered) return;
        answered = true;
        const packet = `3${id}${JSON.stringify(data)}`;
        this.send(toFrame(packet), () => [packet]);
      };
    };
  }

  /** Sends what waits. */
  flush(): void {
    this.scheduled = false;
    const queue = this.queue;
    if (queue.length === 0) return;
    this.queue = [];
    const direct = this.direct();
    if (direct === undefined) {
      for (const { packets } of queue) for (const packet of packets()) this.engine.write(packet);
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

  /** Drops the connection without waiting for a reader that does not read. */
  cut(): void {
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
