import { clusterExists, ensureCluster } from './cluster.ts';
import { embeddedUrl } from './connect.ts';
import { type Lock, takeOwnership } from './lock.ts';
import { loadPassword } from './password.ts';
import { decidePlacement, type PlacementOptions } from './placement.ts';
import { ensureServer, type RunningServer, type ServerContext, stopServer } from './server.ts';
import { rotateLog } from './server-log.ts';

export { runningServerUrl } from './running.ts';

/** The PostgreSQL server of a data directory, owned by this process. */
export interface EmbeddedServer {
  /** Connection string of the program's database; contains the password. */
  readonly url: string;
  /** True if the server was already running, left by a killed process. */
  readonly adopted: boolean;
  /** Restarts the server if it is gone; resolves when it answers. Throws EmbeddedServerError. */
  recover(): Promise<void>;
  /** Limits the size of the server's log; call it periodically. */
  maintain(): Promise<void>;
  /** Stops the server and releases the lock. Always resolves, even if the server has died. */
  stop(): Promise<void>;
}

/**
 * Opens the cluster of a data directory: creates it on the first start, then adopts a running server or starts one.
 * Throws DataDirInUse if another process uses it, EmbeddedServerError if it cannot be created or started.
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
    // It may be running but unusable, and nothing else would stop it.
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
      // Pools keep their connection string, so the port must stay the same.
      const recovery = ensureServer({ ...context, port: running.port, stopping: stopping.signal });
      recovering = recovery.catch(() => undefined);
      await recovery;
    },
    async maintain() {
      await rotateLog(`${context.placement.clusterDir}.log`).catch(() => undefined);
    },
    stop() {
      stopping.abort();
      // Otherwise a start in progress would finish after the stop and leave a server running.
      stopped ??= recovering.then(() => stopServer(context)).finally(() => ownership.release());
      return stopped;
    },
  };
}
