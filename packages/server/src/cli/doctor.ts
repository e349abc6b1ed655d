import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import type { CheckResult } from '../platform/doctor/index.ts';
import { type Cli, withDatabase } from './cli.ts';
import { CommandFailure, EXIT, type ExitCode } from './exit-codes.ts';

const MARKS = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };

/** `atrium doctor`: checks for common problems. */
export function doctorCommand(cli: () => Cli, exit: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('check the database, disk, mail, proxy, files and keys, and say what to do; exit code 1 if one failed')
    .action(async () => exit(await run(cli())));
}

async function run(cli: Cli): Promise<ExitCode> {
  const { databaseUrl, dataDir } = cli.config();
  if (databaseUrl === undefined && !existsSync(path.join(dataDir, 'database'))) {
    throw new CommandFailure(
      `There is no instance in ${dataDir} yet.`,
      EXIT.config,
      'Start Atrium once, or set DATA_DIR or DATABASE_URL to that of an instance.',
    );
  }
  // Loaded lazily, since help does not need it.
  const { examine } = await import('./examine.ts');
  const print = (result: CheckResult) => void cli.surroundings.stderr.write(lineOf(result));
  const checks = await withDatabase(cli, (database) => examine(cli, database, print), { current: false });
  const [warnings, failures] = [count(checks, 'warning'), count(checks, 'failed')];
  cli.result({ checks }, `${checks.length} checks, ${warnings} warnings, ${failures} failed.`);
  return failures > 0 ? EXIT.failed : EXIT.ok;
}

function lineOf({ name, status, found, next }: CheckResult): string {
  return `${MARKS[status]} ${name.padEnd(10)} ${found}\n${next === undefined ? '' : `${' '.repeat(19)}→ ${next}\n`}`;
}

function count(results: readonly CheckResult[], status: CheckResult['status']): number {
  return results.filter((result) => result.status === status).length;
}
