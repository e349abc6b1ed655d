import process from 'node:process';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { DataDirInUse, EmbeddedServerError, MigrationError } from './platform/database/index.ts';
import { createLog, type Log } from './platform/log/index.ts';

/** From sysexits.h: what is wrong is the configuration. */
const EXIT_CONFIG = 78;
/** A stop that takes longer than this has met something that will not end. */
const STOP_MS = 15_000;

/** Runs until told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const stopSignal = nextSignal();
  const app = await startApp(config, log);
  const url = await listen(app, config);
  process.stdout.write(`Atrium is ready at ${url}\n`);
  const signal = await stopSignal;
  log.info({ signal }, 'stopping; once more to stop at once');
  // A second signal, or a stop that hangs, ends the process there and then: nothing acknowledged depends on an orderly end.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await app.stop();
  process.exit(0);
}

function loadConfig(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, EXIT_CONFIG);
    throw error;
  }
}

async function startApp(config: Config, log: Log): Promise<App> {
  try {
    return await createApp(config, log);
  } catch (error) {
    const known = [DataDirInUse, EmbeddedServerError, MigrationError].some((type) => error instanceof type);
    if (known && error instanceof Error) fail(error.message, 1);
    throw error;
  }
}

async function listen(app: App, config: Config): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    await app.stop();
    if (code === 'EADDRINUSE') fail(`Port ${config.port} is taken. Set PORT to another one: PORT=3001 npm start`, 1);
    fail(`Cannot listen on ${config.host}:${config.port}: ${message}`, 1);
  }
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, resolve);
  });
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

await main();
