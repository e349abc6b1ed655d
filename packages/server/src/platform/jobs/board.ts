import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { type Queue as BullQueue, createPostgresBackend, type PgPool, Queue } from 'bullmq';
import type pg from 'pg';
import { QUEUE } from './queue.ts';

/** Bull Board as a plugin of the HTTP server. It has no authentication of its own: that is left to the caller. */
export type QueueBoard = ReturnType<FastifyAdapter['registerPlugin']>;

export interface QueueBoardOptions {
  /** The path where it is served. */
  path: string;
  /** Whether jobs may be retried, removed and paused; otherwise every change is refused with 405. */
  writable: boolean;
}

/** Creates the board of the job queue. It reads through the pool of the jobs, and ends with it. */
export function createQueueBoard(pool: pg.Pool, { path, writable }: QueueBoardOptions): QueueBoard {
  const queue = new Queue(QUEUE, { connection: pool as unknown as PgPool }, createPostgresBackend);
  const serverAdapter = new FastifyAdapter().setBasePath(path);
  createBullBoard({
    // Typed for queues in Redis; the adapter also serves those in PostgreSQL.
    queues: [new BullMQAdapter(queue as unknown as BullQueue, { readOnlyMode: !writable })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Atrium jobs', hideRedisDetails: true } },
  });
  return serverAdapter.registerPlugin();
}
