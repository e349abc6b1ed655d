import { clusterExists, ensureCluster } from './cluster.ts';
import { embeddedUrl } from './connect.ts';
import { type Lock, takeOwnership } from './lock.ts';
import { loadPassword } from './password.ts';
import { decidePlacement, type PlacementOptions } from './placement.ts';
import { ensureServer, type RunningServer, type ServerContext, stopServer } from './server.ts';
import { rotateLog } from './server-log.ts';

/** The PostgreSQL server inside a data directory, owned by this process. */
export interface EmbeddedServer {
  /** Connection string of the program's database; contains the password. */
  readonly url: string;
  /** True when the server was found running, left by a process that was killed. */
  readonly adopted: boolean;
  /** Starts the server again if it is gone; resolves when it answers. Throws EmbeddedServerError. */
  recover(): Promise<void>;
  /** Keeps the server's own log small; call it now and then. */
  maintain(): Promise<void>;
  /** Stops the server and gives up the ownership. Always resolves, also when the server has died. */
  stop(): Promise<void>;
}

/**
 * Opens the cluster of a data directory: makes it on the first start, adopts a running server or starts one. Throws
 * DataDirInUse when another process owns it, EmbeddedServerError when it cannot be made or started.
 */
export async function startEmbeddedServer(
  options: PlacementOptions & Pick<ServerContext, 'settings' | 'giveUpMs'>,
): Promise<EmbeddedServer> {
  const { log, settings, giveUpMs } = options;
  const placement = await decidePlacement(options);
  const ownership = await takeOwnership(placement.clusterDir, giveUpMs);
  let context: ServerContext | undefined;
  try {
    const password = await loadPassword(placement.dataDir, await clusterExists(placement.clusterDir));
    await ensureCluster(placement, password, log);
    context = { placement, password, log, ...(settings && { settings }), ...(giveUpMs && { giveUpMs }) };
    const running = await ensureServer(context);
    log.info(
      { postmaster: running.pid, port: running.port },
      running.adopted ? 'database adopted' : 'database started',
    );
    return handleFor(context, running, ownership);
  } catch (error) {
    // It may run and yet be of no use to us; nobody would own it any more.
    if (context !== undefined) await stopServer(context);
    ownership.release();
    throw error;
  }
}

function handleFor(context: ServerContext, running: RunningServer, ownership: Lock): EmbeddedServer {
  const stopping = new AbortController();
  let recovering: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;
  return {
    url: embeddedUrl(running.port, context.password),
    adopted: running.adopted,
    async recover() {
      // Pools keep the address they were given, so it has to be the same one.
      const recovery = ensureServer({ ...context, port: running.port, stopping: stopping.signal });
      recovering = recovery.catch(() => undefined);
      await recovery;
    },
    async maintain() {
      await rotateLog(`${context.placement.clusterDir}.log`).catch(() => undefined);
    },
    stop() {
      stopping.abort();
      // A start that is under way would otherwise finish after the stop and leave a server behind.
      stopped ??= recovering.then(() => stopServer(context)).finally(() => ownership.release());
      return stopped;
    },
  };
}
