import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { until } from '../faults/harness/until.ts';
import { type Cleanup, freePort } from '../faults/harness/work-directory.ts';

/** A Redis for one test, which stores nothing on disk. */
export interface TestRedis {
  readonly url: string;
  /** kill -9, and wait until it has ended. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, empty, on the same port. */
  start(): Promise<void>;
  /** It hangs: connections stay open and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Deletes everything. */
  flush(): Promise<void>;
  /** Publishes a message on a channel. */
  publish(channel: string, message: string): Promise<void>;
  /** Channels with subscribers. */
  channels(): Promise<string[]>;
}

/** Starts a Redis that ends with the test. */
export async function startRedis(cleanup: Cleanup): Promise<TestRedis> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  cleanup(() => rm(directory, { recursive: true, force: true }));
  let child = await run(port, directory);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  // What is registered last is done first.
  cleanup(kill);
  const ask = async <Result>(question: (client: Redis) => Promise<Result>): Promise<Result> => {
    const client = new Redis(url);
    try {
      return await question(client);
    } finally {
      client.disconnect();
    }
  };
  return {
    url,
    kill,
    async start() {
      child = await run(port, directory);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    flush: () => ask(async (client) => void (await client.flushall())),
    publish: (channel, message) => ask(async (client) => void (await client.publish(channel, message))),
    channels: () => ask((client) => client.pubsub('CHANNELS') as Promise<string[]>),
  };
}

async function run(port: number, directory: string): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let fault: Error | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.on('error', () => {
    fault = new Error('The tests of several nodes need redis-server: apt-get install redis-server');
  });
  await until(
    () => fault !== undefined || child.exitCode !== null || output.includes('Ready to accept connections'),
    10_000,
    () => `Redis is ready: ${output.slice(-500)}`,
  );
  if (fault) throw fault;
  if (child.exitCode !== null) throw new Error(`Redis ended: ${output.slice(-500)}`);
  return child;
}
