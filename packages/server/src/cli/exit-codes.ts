/** Exit codes of the command, as far as possible those of sysexits.h. Documented in docs/operations.md. */
export const EXIT = {
  ok: 0,
  /** The command found a problem, or failed for a reason without a code of its own. */
  failed: 1,
  /** The command was used wrongly. */
  usage: 64,
  /** A file is damaged, of another version, or cannot be decrypted with the passphrase. */
  data: 65,
  /** A file to be read does not exist. */
  noInput: 66,
  /** The database, the data directory or another service is not available. */
  unavailable: 69,
  /** A file cannot be created. */
  cannotCreate: 73,
  /** The configuration is wrong. */
  config: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The error that a command prints instead of a result. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;
  /** What to do about it. */
  readonly next: string | undefined;

  constructor(message: string, exitCode: ExitCode, next?: string) {
    super(message);
    this.exitCode = exitCode;
    this.next = next;
  }
}
