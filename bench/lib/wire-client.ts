import { randomBytes } from 'node:crypto';
import net from 'node:net';

/** What a load client hears: the packet's first bytes are enough to tell what it is. */
export interface WireListener {
  /** A Socket.IO event packet, `42["type",…`, as bytes that are only valid during the call. */
  onEvent(payload: Buffer): void;
  onAck(id: number, payload: Buffer): void;
}

const EVENT = '42';
const ACK = '43';

/**
 * A Socket.IO client that costs the load generator next to nothing: one TCP socket, frames parsed in place, JSON left
 * alone. Only for servers on this machine that answer with unmasked, unfragmented text frames.
 */
export class WireClient {
  private readonly socket: net.Socket;
  private readonly listener: WireListener;
  private pending: Buffer = Buffer.alloc(0);
  private nextAck = 0;
  private opened: (() => void) | undefined;

  private constructor(socket: net.Socket, listener: WireListener) {
    this.socket = socket;
    this.listener = listener;
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', () => undefined);
  }

  /** Connects and signs in to the default namespace with `auth`. */
  static async connect(port: number, auth: unknown, listener: WireListener): Promise<WireClient> {
    const socket = net.connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n' +
        `Host: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    const rest = await readUpgrade(socket);
    const client = new WireClient(socket, listener);
    const ready = new Promise<void>((resolve) => {
      client.opened = resolve;
    });
    client.write(`40${JSON.stringify(auth)}`);
    if (rest.length > 0) client.read(rest);
    await ready;
    return client;
  }

  /** Emits an event that wants an ack. @returns the ack's number */
  emit(event: string, data: unknown): number {
    const id = this.nextAck++;
    this.write(`42${id}${JSON.stringify([event, data])}`);
    return id;
  }

  close(): void {
    this.socket.destroy();
  }

  private write(text: string): void {
    const length = Buffer.byteLength(text);
    const header = length < 126 ? 2 : 4;
    // A mask of zeros leaves the payload as it is.
    const frame = Buffer.alloc(header + 4 + length);
    frame[0] = 0x81;
    if (header === 2) {
      frame[1] = 0x80 | length;
    } else {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.write(text, header + 4);
    this.socket.write(frame);
  }

  private read(chunk: Buffer): void {
    let data = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    for (;;) {
      const frame = nextFrame(data);
      if (frame === undefined) break;
      this.handle(frame.payload);
      data = data.subarray(frame.size);
    }
    this.pending = data;
  }

  private handle(payload: Buffer): void {
    const kind = payload.toString('latin1', 0, 2);
    if (kind === EVENT) {
      this.listener.onEvent(payload);
    } else if (kind === ACK) {
      const bracket = payload.indexOf(0x5b);
      this.listener.onAck(Number(payload.toString('latin1', 2, bracket)), payload);
    } else if (kind === '40') {
      this.opened?.();
    } else if (payload[0] === 0x32) {
      this.write('3');
    }
  }
}

function nextFrame(data: Buffer): { payload: Buffer; size: number } | undefined {
  if (data.length < 2) return undefined;
  const short = (data[1] ?? 0) & 0x7f;
  const header = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < header) return undefined;
  const length = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  const size = header + length;
  return data.length < size ? undefined : { payload: data.subarray(header, size), size };
}

function readUpgrade(socket: net.Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', onData);
      if (head.toString('latin1', 9, 12) === '101') resolve(head.subarray(end + 4));
      else reject(new Error(`The server refused the upgrade: ${head.toString('latin1', 0, 200)}`));
    };
    socket.on('data', onData);
    socket.once('error', reject);
  });
}
