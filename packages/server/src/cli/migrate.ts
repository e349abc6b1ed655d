import { Command } from 'commander';
import { migrate } from '../platform/database/index.ts';
import { type Cli, withDatabase } from './cli.ts';

/** `atrium migrate`: migrates the schema without starting the server. */
export function migrateCommand(cli: () => Cli): Command {
  return new Command('migrate')
    .description('bring the schema of the database up to date; the server does so itself when it starts')
    .action(async () => {
      const { applied } = await withDatabase(cli(), (database) => migrate(database), { current: false });
      const text =
        applied.length === 0
          ? 'The schema is up to date.'
          : `Applied:\n${applied.map((name) => `  ${name}`).join('\n')}`;
      cli().result({ applied }, text);
    });
}
