import process from 'node:process';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import {
  DatabaseRefused,
  DatabaseUnavailable,
  DataDirInUse,
  EmbeddedServerError,
  MigrationError,
} from './platform/database/index.ts';
import { CannotListen } from './platform/http/index.ts';
import { createFileLog, createLog, type Log, LogDirUnusable } from './platform/log/index.ts';

/** From sysexits.h: what is wrong is the configuration. */
const EXIT_CONFIG = 78;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A stop that takes longer than this has met something that will not end. */
const STOP_MS = 15_000;

/** Runs until told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = await openLog(config);
  const end = nextEnd(log);
  const app = await startApp(config, log);
  // Told to stop while starting: what has been started is ended in order, and nothing is served.
  if (!end.hasCome()) announce(app, await listen(app, config), config.appUrl);
  const exitCode = await end.come;
  // A second signal, or a stop that hangs, ends the process there and then: nothing acknowledged depends on an orderly end.
  for (const name of SIGNALS) process.once(name, () => process.exit(1));
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await app.stop();
  process.exit(exitCode);
}

function announce(app: App, url: string, appUrl: string | undefined): void {
  const { mailboxPath, setupPath } = app;
  if (setupPath !== undefined) {
    process.stdout.write(`Nobody has an account yet. Create the first one at ${new URL(setupPath, appUrl ?? url)}\n`);
  }
  if (mailboxPath !== undefined) {
    process.stdout.write(`No mail server is set: mails are shown here and at ${new URL(mailboxPath, url)}\n`);
  }
  process.stdout.write(`Atrium is ready at ${url}\n`);
}

function loadConfig(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, EXIT_CONFIG);
    throw error;
  }
}

async function openLog({ logDir, logLevel }: Config): Promise<Log> {
  if (logDir === undefined) return createLog(logLevel);
  try {
    return await createFileLog(logLevel, logDir);
  } catch (error) {
    if (error instanceof LogDirUnusable) fail(error.message, EXIT_CONFIG);
    throw error;
  }
}

async function startApp(config: Config, log: Log): Promise<App> {
  try {
    return await createApp(config, log);
  } catch (error) {
    const types = [
      CannotListen,
      DatabaseRefused,
      DatabaseUnavailable,
      DataDirInUse,
      EmbeddedServerError,
      MigrationError,
    ];
    if (types.some((type) => error instanceof type) && error instanceof Error) fail(error.message, 1);
    throw error;
  }
}

async function listen(app: App, config: Config): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
    await app.stop();
    if (code === 'EADDRINUSE' && config.port === 0) {
      fail(`Port ${port}, which was free, has been taken meanwhile. Start again.`, 1);
    }
    if (code === 'EADDRINUSE') fail(`Port ${config.port} is taken. Set PORT to another one: PORT=3001 npm start`, 1);
    fail(`Cannot listen on ${config.host}:${config.port}: ${message}`, 1);
  }
}

/**
 * The end: a signal (exit code 0), or an error that nobody caught (1). After such an error nobody knows what state the
 * process is in, so it ends too, in order as far as it can; whoever watches over it starts it again.
 */
function nextEnd(log: Log): { come: Promise<number>; hasCome(): boolean } {
  let ended = false;
  const come = new Promise<number>((resolve) => {
    const end = (exitCode: number) => {
      ended = true;
      resolve(exitCode);
    };
    for (const name of SIGNALS) {
      process.once(name, () => {
        log.info({ signal: name }, 'stopping; once more to stop at once');
        end(0);
      });
    }
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'an error that nobody caught; stopping');
      end(1);
    });
  });
  return { come, hasCome: () => ended };
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

await main().catch((error: unknown) => {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
});
