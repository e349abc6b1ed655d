import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';

/** More than this waiting to be sent: volatile events are dropped. */
const BUSY_BYTES = 2 * 1024 * 1024;
const BUSY_PACKETS = 200;
/** More than this: the reader is cut before it costs more memory; it resumes by number. */
const SLOW_BYTES = 8 * 1024 * 1024;
const SLOW_PACKETS = 500;

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
}

const OPEN = 1;

/**
 * The bytes under one Socket.IO connection. Events that are ready together go out in one write, past the layers that
 * would handle each alone; whatever else the layers have to say keeps its place in the order.
 */
export class Wire {
  private readonly engine: EngineSocket;
  private queue: { frames: Buffer; packets: () => string[] }[] = [];
  private scheduled = false;

  constructor(socket: Socket) {
    this.engine = socket.conn as unknown as EngineSocket;
  }

  /** Sends at the end of this tick, together with everything else that is ready by then. */
  send(frames: Buffer, packets: () => string[]): void {
    this.queue.push({ frames, packets });
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(() => this.flush());
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

  /** Bytes and packets that the reader has not taken yet. */
  private backlog(): { bytes: number; packets: number } {
    const bytes = this.engine.transport.socket?._socket?.writableLength ?? 0;
    return { bytes, packets: this.engine.writeBuffer.length };
  }

  isBusy(): boolean {
    const { bytes, packets } = this.backlog();
    return bytes > BUSY_BYTES || packets > BUSY_PACKETS;
  }

  isSlow(): boolean {
    const { bytes, packets } = this.backlog();
    return bytes > SLOW_BYTES || packets > SLOW_PACKETS;
  }

  /** Drops the connection without waiting for a reader that does not read. */
  cut(): void {
    this.queue = [];
    const { transport } = this.engine;
    transport.socket?._socket?.destroy();
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
