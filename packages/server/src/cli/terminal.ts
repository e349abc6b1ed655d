import { createInterface } from 'node:readline/promises';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** Where a command is run: its streams and its environment. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** Relative paths count from here. */
  cwd: string;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** The first line of standard input. */
export async function readLine({ stdin }: Pick<Surroundings, 'stdin'>): Promise<string> {
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) return line;
  } finally {
    lines.close();
  }
  throw new CommandFailure('Standard input is empty.', EXIT.usage, 'Give one line to it.');
}
