import { type Config, readConfig } from '../config.ts';
import { type Database, openDatabase, schemaState } from '../platform/database/index.ts';
import { createLog, type Log } from '../platform/log/index.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import type { Surroundings } from './terminal.ts';

/** The context of every command. */
export interface Cli {
  readonly surroundings: Surroundings;
  readonly log: Log;
  /** @throws ConfigError */
  config(): Config;
  /** Prints the result: the text, or with --json the value as one line. */
  result(value: unknown, text: string): void;
  /** Prints the progress of long work to standard error. */
  progress(line: string): void;
}

/** Creates the context from the options that all commands share. */
export function createCli(surroundings: Surroundings, options: { json?: boolean; verbose?: boolean }): Cli {
  const { env, stdout, stderr } = surroundings;
  return {
    surroundings,
    log: createLog(options.verbose ? 'info' : 'fatal'),
    config: () => readConfig(env),
    result: (value, text) => stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${text}\n`),
    progress: (line) => void stderr.write(`${line}\n`),
  };
}

/**
 * Runs `work` with the database of the instance, even while the server is running.
 * @param options.current refuses a schema that is not up to date; `orEmpty` allows an empty database
 */
export async function withDatabase<Result>(
  { config, log }: Cli,
  work: (database: Database, config: Config) => Promise<Result>,
  options: { current: boolean; orEmpty?: boolean },
): Promise<Result> {
  const settings = config();
  const { databaseUrl: url, dataDir } = settings;
  const database = await openDatabase({ url, dataDir, log, beside: true, applicationName: 'atrium command' });
  try {
    if (options.current) await refuseOldSchema(database, options.orEmpty ?? false);
    return await work(database, settings);
  } finally {
    await database.close();
  }
}

async function refuseOldSchema(database: Database, orEmpty: boolean): Promise<void> {
  const { applied, pending } = await schemaState(database);
  if (pending.length === 0 || (orEmpty && applied.length === 0)) return;
  const what = applied.length === 0 ? 'is empty' : `lacks ${pending.length} migrations of this version`;
  throw new CommandFailure(`The database ${what}.`, EXIT.unavailable, 'Run "atrium migrate", or start the server.');
}
