import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { EmbeddedServerError } from '../errors.ts';
import { program } from './binaries.ts';
import { isAnswering } from './connect.ts';
import type { Placement } from './placement.ts';
import { choosePort } from './port.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { run } from './run.ts';
import { prepareLog, tailLog } from './server-log.ts';

/** Parameters of a server start. */
export interface ServerContext {
  readonly placement: Placement;
  readonly password: string;
  readonly log: Logger;
  /** The required port; absent on the first start, when any free one will do. */
  readonly port?: number;
  /** Aborted when nothing may be started any more. */
  readonly stopping?: AbortSignal;
  /** How long failed starts are retried, default 10 s, and how long to wait for a predecessor to end, default 2 s. */
  readonly giveUpMs?: number;
  /** Further PostgreSQL settings, e.g. `{ fsync: 'off' }` for temporary clusters. Plain names and values only. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server that answered. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** True if it was already running: its former owner was killed. */
  readonly adopted: boolean;
}

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Only TCP with a password: a socket file would be a second entrance.
  ...(process.platform !== 'win32' && { unix_socket_directories: '' }),
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  // Values of rejected rows are personal data and must not be logged.
  log_error_verbosity: 'terse',
};

/** How long failed starts are retried: processes of a killed server may need a moment to end. */
const GIVE_UP_MS = 10_000;
/** How long a running server may take to answer: after a crash it replays its log first. */
const ANSWER_MS = 120_000;
const RETRY_MS = 250;

function serverLogFile(context: ServerContext): string {
  return `${context.placement.clusterDir}.log`;
}

function startOptions(settings: Readonly<Record<string, string>>): string {
  const quote = process.platform === 'win32' ? '"' : "'";
  return Object.entries(settings)
    .map(([name, value]) => `-c ${quote}${name}=${value}${quote}`)
    .join(' ');
}

/** One attempt to start. Returns the output of pg_ctl if it failed. */
async function tryStart(context: ServerContext): Promise<string | undefined> {
  const { clusterDir, binaries, account } = context.placement;
  const logFile = serverLogFile(context);
  await prepareLog(logFile, account);
  const port = context.port ?? (await choosePort(`${clusterDir}.port`));
  const options = startOptions({ ...DEFAULT_SETTINGS, ...context.settings, port: String(port) });
  const args = ['start', '-D', clusterDir, '-w', '-t', '60', '-s', '-l', logFile, '-o', options];
  const result = await run(program(binaries, 'pg_ctl'), args, { cwd: clusterDir, ...(account && { account }) });
  return result.code === 0 ? undefined : result.output;
}

async function failure(context: ServerContext, reason: string): Promise<EmbeddedServerError> {
  const tail = await tailLog(serverLogFile(context));
  return new EmbeddedServerError(
    `The embedded database in ${context.placement.clusterDir} did not start. ${reason}\n` +
      `Last lines of ${path.basename(serverLogFile(context))}:\n${tail}`,
  );
}

/**
 * Returns the cluster's server: the running one, or a new one. The state is checked again before every attempt, so it
 * does not matter what else died or started in the meantime. Throws EmbeddedServerError with the end of the server's
 * log if it does not start.
 */
export async function ensureServer(context: ServerContext): Promise<RunningServer> {
  const { clusterDir } = context.placement;
  const begun = performance.now();
  let started = false;
  for (;;) {
    context.stopping?.throwIfAborted();
    const postmaster = await findPostmaster(clusterDir, context.log);
    if (postmaster?.port !== undefined && (await isAnswering(postmaster.port, context.password))) {
      return { pid: postmaster.pid, port: postmaster.port, adopted: !started };
    }
    let refusal: string | undefined;
    if (postmaster === undefined) {
      refusal = await tryStart(context);
      started = true;
    }
    const patience = refusal === undefined ? ANSWER_MS : (context.giveUpMs ?? GIVE_UP_MS);
    if (performance.now() - begun > patience) throw await failure(context, refusal ?? 'It runs but does not answer.');
    // A successful start is checked once more before we wait.
    if (postmaster !== undefined || refusal !== undefined) await sleep(RETRY_MS);
  }
}

/** Stops the cluster's server if it runs. Always resolves; a server that does not stop is logged and left alone. */
export async function stopServer(context: ServerContext): Promise<void> {
  const { clusterDir, binaries, account } = context.placement;
  for (const mode of ['fast', 'immediate']) {
    const postmaster: Postmaster | undefined = await findPostmaster(clusterDir, context.log).catch(() => undefined);
    if (postmaster === undefined) return;
    const args = ['stop', '-D', clusterDir, '-m', mode, '-w', '-t', '30', '-s'];
    const result = await run(program(binaries, 'pg_ctl'), args, { cwd: clusterDir, ...(account && { account }) }).catch(
      (error: Error) => ({ code: null, output: error.message }),
    );
    if (result.code === 0) return;
    context.log.warn({ mode, output: result.output }, 'the embedded database did not stop');
  }
}
