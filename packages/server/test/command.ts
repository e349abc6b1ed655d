import { Readable } from 'node:stream';
import { runCommandLine } from '../src/cli/program.ts';

/** The result of a command. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the `atrium` command in this process. @param stdin its standard input */
export async function atrium(
  args: readonly string[],
  { env, cwd = '/', stdin = '' }: { env: Readonly<Record<string, string>>; cwd?: string; stdin?: string },
): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const into = (name: keyof typeof said) => ({
    write(text: string) {
      said[name] += text;
    },
  });
  const code = await runCommandLine(args, {
    env,
    cwd,
    stdin: Readable.from([stdin]),
    stdout: into('stdout'),
    stderr: into('stderr'),
  });
  return { code, ...said };
}
