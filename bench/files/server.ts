import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits, thingLimits } from '@atrium/protocol';
import type { LoadPlan } from '../chat/load.ts';
import type { LoopReport } from '../lib/loop-watch.ts';
import { freePort, start } from '../lib/processes.ts';
import type { Someone } from '../presence/people.ts';

const WATCH = 'bench/lib/loop-watch.ts';
const SENDERS = 2;
const MOST_TRIES = 10;

/** A file to send. */
export interface UploadedFile {
  name: string;
  type: string;
  content: Buffer;
}

/** The program, with people who share a workspace and a conversation. */
export interface Server {
  child: ChildProcess;
  pid: number;
  /** All of them listen, some send. */
  plan: LoadPlan;
  /** How the event loop has been since this was last asked. */
  loop(): Promise<LoopReport>;
  /** Sends a file as one of them, to their workspace. @returns how often, because the server was not available */
  upload(person: number, file: UploadedFile): Promise<number>;
}

/** Starts it, with all limits out of the way. */
export async function startServer(dataDir: string, databaseUrl: string, people: readonly Someone[]): Promise<Server> {
  const plenty = Object.keys({ ...limits, ...thingLimits }).map((name) => [
    `LIMIT_${name.toUpperCase()}`,
    '100000000/1',
  ]);
  const port = await freePort();
  const env = {
    ...Object.fromEntries(plenty),
    SOCKETS_OPENING_PER_ADDRESS: '100000',
    FILE_QUOTA_MB: '100000',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LOG_LEVEL: 'fatal',
  };
  const child = await start('packages/server/src/main.ts', env, 'Atrium is ready', WATCH);
  const call = async <T>(token: string, route: string, body?: object | FormData): Promise<T> => {
    const isForm = body instanceof FormData;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const tokenOf = (at: number) => people[at]?.token ?? '';
  const { items } = await call<{ items: { id: string }[] }>(tokenOf(0), '/workspaces');
  const workspaceId = items[0]?.id ?? '';
  const memberIds = people.slice(1).map(({ userId }) => userId);
  const { id: conversationId } = await call<{ id: string }>(tokenOf(0), '/conversations', {
    workspaceId,
    kind: 'group',
    name: 'Bench',
    memberIds,
  });
  const seats = people.map(({ token }, at) => ({
    auth: { token },
    ...(at < SENDERS ? { send: { conversationId } } : {}),
  }));
  return {
    child,
    pid: child.pid ?? 0,
    plan: { port, seats, receiversPerMessage: people.length },
    loop: () =>
      new Promise((resolve) => {
        child.once('message', (report: LoopReport) => resolve(report));
        child.send('loop');
      }),
    async upload(person, { name, type, content }) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(content)], { type }), name);
      const route = `/attachments?workspaceId=${workspaceId}&uploadId=${randomUUID()}`;
      for (let tries = 1; ; tries += 1) {
        try {
          await call(tokenOf(person), route, form);
          return tries;
        } catch (error) {
          // A database whose disk is busy with the files may ask to come again, as every client does.
          if (!(error instanceof Error && error.message.includes('"unavailable"')) || tries === MOST_TRIES) throw error;
          await sleep(1_000);
        }
      }
    },
  };
}
