import { isCommand } from '@atrium/protocol';
import { addressKey } from '../limits/index.ts';
import type { Actor, OperationExecutor } from '../module/index.ts';
import { problem } from '../problem/index.ts';
import { FairQueue } from './fair-queue.ts';
import type { UnreadBytes } from './unread.ts';

const MOST_UNREAD_BYTES = 32 * 1024 * 1024;
const WAITING_PER_KEY = 1_000;
const WAIT_MS = 10_000;
/** The rest of the pool is for reads: a change may wait long for a lock, a read never does. */
const SHARE_OF_COMMANDS = 0.6;
/** One caller's share of the commands. */
const SHARE_OF_CALLER = 1 / 3;

/** The key by which a call is counted: the user, or the address of an anonymous caller. */
export function callerKey({ actor, ip }: { actor: Actor; ip: string }): string {
  return actor.kind === 'user' ? actor.userId : addressKey(ip);
}

/** The limits of a fair executor. */
export interface FairExecutorOptions {
  /** Connections to the database. */
  poolSize: number;
  /** If more than this waits to be read by one user, their calls wait; 32 MiB unless given. */
  mostUnreadBytes?: number | undefined;
  /** Maximum number of changes at a time, of one caller and of all; shares of the pool unless given. */
  commands?: { perKey: number; total: number } | undefined;
}

/**
 * The executor for the transports: each caller has a limited number of running calls, over all connections, and no
 * caller can use all connections of the pool. Calls made by operations go directly to the executor below, because they
 * already have a slot.
 */
export function createFairExecutor(
  executor: OperationExecutor,
  unread: UnreadBytes,
  { poolSize, mostUnreadBytes = MOST_UNREAD_BYTES, commands: concurrency }: FairExecutorOptions,
): OperationExecutor {
  const common = { waitingPerKey: WAITING_PER_KEY, waitMs: WAIT_MS };
  const total = Math.max(1, Math.floor(poolSize * SHARE_OF_COMMANDS));
  const perKey = Math.max(1, Math.floor(total * SHARE_OF_CALLER));
  const commands = new FairQueue({ ...common, ...(concurrency ?? { perKey, total }) });
  const heavy = new FairQueue({ ...common, perKey: 1, total: 2 });
  const reads = new FairQueue({ ...common, perKey: 3, total: Number.POSITIVE_INFINITY });
  // These hold no connection of the pool while they wait.
  const direct = new FairQueue({ ...common, perKey: 32, total: Number.POSITIVE_INFINITY });

  function queueOf(name: string): FairQueue {
    const implementation = executor.operations.get(name);
    if (implementation === undefined) return reads;
    const { mode, operation } = implementation;
    if (operation.heavy) return heavy;
    if (mode === 'command') return commands;
    return isCommand(operation) ? direct : reads;
  }

  return {
    operations: executor.operations,
    execute(call) {
      const key = callerKey({ actor: call.actor, ip: call.request.ip });
      return queueOf(call.name).run(key, async () => {
        if (unread.of(key) > mostUnreadBytes) {
          throw problem('rate_limited', { detail: 'Read the answers that are waiting first', retryAfterMs: 1_000 });
        }
        return executor.execute(call);
      });
    },
  };
}
