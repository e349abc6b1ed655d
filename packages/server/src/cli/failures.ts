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
import { CommandFailure, EXIT, type ExitCode } from './exit-codes.ts';

const UNAVAILABLE = [DatabaseRefused, DatabaseUnavailable, DataDirInUse, EmbeddedServerError, MigrationError];

/** Describes any error to the operator. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  // Help and version also end a command with an error.
  if (error instanceof CommanderError) return new CommandFailure('', error.exitCode === 0 ? EXIT.ok : EXIT.usage);
  if (error instanceof ConfigError) return new CommandFailure(error.message, EXIT.config, 'See .env.example.');
  if (error instanceof ProblemError) return new CommandFailure(sayProblem(error), EXIT.failed);
  const namedFailure = error instanceof Error ? NAMED_FAILURES[error.name] : undefined;
  if (error instanceof Error && namedFailure) return new CommandFailure(error.message, ...namedFailure);
  if (isAboutFile(error)) return new CommandFailure(error.message, FILE_CODES[error.code] ?? EXIT.failed);
  if (!(error instanceof Error)) return new CommandFailure(String(error), EXIT.failed);
  const isKnown = UNAVAILABLE.some((type) => error instanceof type) || isUnavailable(error);
  return new CommandFailure(
    isKnown ? error.message : (error.stack ?? error.message),
    isKnown ? EXIT.unavailable : EXIT.failed,
  );
}

/** Errors by name, since importing their classes would load the code that throws them, even for --help. */
const NAMED_FAILURES: Readonly<Record<string, [ExitCode, string]>> = {
  BadBackup: [EXIT.data, 'Nothing was changed.'],
  BadExport: [EXIT.data, 'Nothing was changed by what could not be read.'],
  FileExists: [EXIT.cannotCreate, 'Use another name.'],
  TargetRefused: [EXIT.failed, 'Nothing was changed. Use another DATA_DIR, database or bucket.'],
};

const FILE_CODES: Readonly<Record<string, ExitCode>> = {
  EEXIST: EXIT.cannotCreate,
  ENOENT: EXIT.noInput,
  EISDIR: EXIT.noInput,
  EACCES: EXIT.cannotCreate,
  EROFS: EXIT.cannotCreate,
  ENOSPC: EXIT.cannotCreate,
  EFBIG: EXIT.cannotCreate,
};

function isAboutFile(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in FILE_CODES;
}

function sayProblem({ message, details: { errors = [] } }: ProblemError): string {
  return [`${message}.`, ...errors.map(({ path, message: fault }) => `  --${path}: ${fault}`)].join('\n');
}
