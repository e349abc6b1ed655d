import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushTarget } from './send.ts';

/** How the service answers a message; `hang`: never. */
export type Behaviour = { status: number; headers?: Record<string, string>; body?: string } | 'hang';

export interface ReceivedPush {
  headers: IncomingHttpHeaders;
  /** Decrypted with the keys of the device. */
  text: string;
  path: string;
}

/** A device as created by a browser: a key pair and a secret; the server gets the public part. */
export interface TestDevice {
  target: PushTarget;
  decrypt(body: Buffer): string;
}

/** A push service on this machine, with devices that read their messages. */
export interface TestPushService {
  url: string;
  /** `host:port`, in the form of PUSH_PRIVATE_HOSTS. */
  host: string;
  received: ReceivedPush[];
  /** By the number of earlier messages. */
  behave(index: number, path: string): Behaviour;
  device(name?: string): TestDevice;
  close(): Promise<void>;
}

const LABEL = Buffer.from('WebPush: info\0');
const KEY_LENGTH = 65;

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

function createDevice(endpoint: string): TestDevice {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    target: { endpoint, p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    /** RFC 8291, section 3.4, and RFC 8188 for one record. */
    decrypt(body) {
      const salt = body.subarray(0, 16);
      const theirKey = body.subarray(21, 21 + KEY_LENGTH);
      const info = Buffer.concat([LABEL, publicKey, theirKey]);
      const secret = hkdf(pair.computeSecret(theirKey), auth, info, 32);
      const key = hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const sealed = body.subarray(21 + KEY_LENGTH);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return padded.subarray(0, padded.lastIndexOf(2)).toString();
    },
  };
}

/** Starts the service on a free port of loopback. */
export async function startTestPushService(): Promise<TestPushService> {
  const devices = new Map<string, TestDevice>();
  const received: ReceivedPush[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url ?? '';
      const text = devices.get(path)?.decrypt(Buffer.concat(parts)) ?? '';
      received.push({ headers: request.headers, path, text });
      const behaviour = service.behave(received.length - 1, path);
      if (behaviour === 'hang') return;
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: TestPushService = {
    url: `http://${host}`,
    host,
    received,
    behave: () => ({ status: 201 }),
    device(name = randomBytes(16).toString('hex')) {
      const device = createDevice(`http://${host}/${name}`);
      devices.set(`/${name}`, device);
      return device;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
