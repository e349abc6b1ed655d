/** Exit codes of the command, as far as possible those of sysexits.h. Documented in docs/operations.md. */
export const EXIT = {
  ok: 0,
  /** The command ran and found something wrong, or failed in a way that no other code names. */
  failed: 1,
  /** The command was used wrongly. */
  usage: 64,
  /** A file is damaged, of another version, or does not open with the passphrase. */
  data: 65,
  /** A file to be read is not there. */
  noInput: 66,
  /** The database, the data directory or another service cannot be used now. */
  unavailable: 69,
  /** A file cannot be created. */
  cannotCreate: 73,
  /** The configuration is wrong. */
  config: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command says instead of a result. */
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
