import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
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

/** Asks for a secret in the terminal, without showing it. */
export async function askSecret({ stdin, stderr }: Surroundings, question: string): Promise<string> {
  stderr.write(question);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
