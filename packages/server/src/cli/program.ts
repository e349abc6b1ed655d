import process from 'node:process';
import { Command } from 'commander';
import { adminCommand } from './admin.ts';
import { backupCommand } from './backup.ts';
import { type Cli, createCli } from './cli.ts';
import { doctorCommand } from './doctor.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { exportCommand } from './export.ts';
import { failureOf } from './failures.ts';
import { importCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { restoreCommand } from './restore.ts';
import type { Surroundings } from './terminal.ts';
import { testMailCommand } from './test-mail.ts';

const EXIT_CODES = `
Exit codes:
  0   done                                   69  database, data directory or service not usable now
  1   a check failed, or the work did        73  a file cannot be created
  64  used wrongly                           78  the configuration is wrong
  65  a file is damaged or does not fit      66  a file is not there

Settings come from the environment and, in the repository, from .env (see .env.example).`;

/**
 * Runs the command with its arguments.
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const program = new Command('atrium');
  const cli = () => createCli(surroundings, program.opts<{ json?: boolean; verbose?: boolean }>());
  let exitCode: ExitCode = EXIT.ok;
  program
    .description('Runs and looks after an Atrium instance.')
    .option('--json', 'print the result as JSON; errors too, on standard error')
    .option('--verbose', 'log what happens to standard error')
    .addHelpText('after', EXIT_CODES);
  program
    .command('start')
    .description('start the server, as npm start does')
    .action(async () => void (await import('../main.ts')));
  program
    .command('demo')
    .description('play the demo, as npm run demo does; --help says more')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[options...]')
    .action(async (options: string[]) => {
      const { runDemo } = await import('../demo/run.ts');
      exitCode = (await runDemo(options)) as ExitCode;
    });
  const commands: Command[] = [
    migrateCommand(cli),
    adminCommand(cli),
    doctorCommand(cli, (code) => {
      exitCode = code;
    }),
    testMailCommand(cli),
    backupCommand(cli),
    restoreCommand(cli),
    exportCommand(cli),
    importCommand(cli),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of everyCommand(program)) settle(command, surroundings);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(cli(), program.opts<{ json?: boolean }>().json ?? false, error);
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Options that all commands share; commands created elsewhere do not inherit them. */
function settle(command: Command, { stdout, stderr }: Surroundings): void {
  command
    .exitOverride()
    .showHelpAfterError('(--help says how to use it)')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) });
}

function tell({ surroundings: { stderr } }: Cli, json: boolean, error: unknown): ExitCode {
  const { message, next, exitCode } = failureOf(error);
  if (message === '') return exitCode;
  if (json) stderr.write(`${JSON.stringify({ error: { message, next: next ?? null, exitCode } })}\n`);
  else stderr.write(`${message}\n${next === undefined ? '' : `${next}\n`}`);
  return exitCode;
}

/** The terminal of this process. npm and our start script pass the directory in which the command was run. */
export function ownSurroundings(): Surroundings {
  const { env, stdin, stdout, stderr } = process;
  return { env, cwd: env.INIT_CWD ?? process.cwd(), stdin, stdout, stderr };
}
