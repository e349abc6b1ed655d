import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** The streams and the environment of a command. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** The base of relative paths. */
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

/** Prompts for a secret in the terminal, without echo. */
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
