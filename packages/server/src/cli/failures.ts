import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import {
  DatabaseRefused,
  DatabaseUnavailable,
  DataDirInUse,
  EmbeddedServerError,
  isUnavailable,
  MigrationError,
} from '../platform/database/index.ts';
import { ProblemError } from '../platform/problem/index.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

const UNAVAILABLE = [DatabaseRefused, DatabaseUnavailable, DataDirInUse, EmbeddedServerError, MigrationError];

/** What the operator is told of an error, whatever it is. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  // Help and version end a command by an error, too.
  if (error instanceof CommanderError) return new CommandFailure('', error.exitCode === 0 ? EXIT.ok : EXIT.usage);
  if (error instanceof ConfigError) return new CommandFailure(error.message, EXIT.config, 'See .env.example.');
  if (error instanceof ProblemError) return new CommandFailure(sayProblem(error), EXIT.failed);
  if (!(error instanceof Error)) return new CommandFailure(String(error), EXIT.failed);
  const isKnown = UNAVAILABLE.some((type) => error instanceof type) || isUnavailable(error);
  return new CommandFailure(
    isKnown ? error.message : (error.stack ?? error.message),
    isKnown ? EXIT.unavailable : EXIT.failed,
  );
}

function sayProblem({ message, details: { errors = [] } }: ProblemError): string {
  return [`${message}.`, ...errors.map(({ path, message: fault }) => `  --${path}: ${fault}`)].join('\n');
}
