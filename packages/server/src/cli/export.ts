import path from 'node:path';
import { Command } from 'commander';
import serverPackage from '../../package.json' with { type: 'json' };
import type { Cli } from './cli.ts';
import { newPassphraseFor } from './passphrase.ts';
import { withService } from './with-service.ts';

interface ExportFlags {
  workspace: string;
  passphraseFile?: string;
  unencrypted?: boolean;
}

/** `atrium export`: writes one workspace to a file while the server runs. */
export function exportCommand(cli: () => Cli): Command {
  return new Command('export')
    .description('write one workspace into one encrypted file, for "atrium import atrium"; the server may run')
    .argument('<file>', 'where to; nothing is replaced')
    .requiredOption('--workspace <id or name>', 'which')
    .option('--passphrase-file <file>', 'its first line is the passphrase; default: BACKUP_PASSPHRASE, or asked for')
    .option('--unencrypted', 'anyone who gets the file can read it')
    .action((file: string, flags: ExportFlags) => runExport(cli(), file, flags));
}

async function runExport(cli: Cli, name: string, { workspace, ...flags }: ExportFlags): Promise<void> {
  const passphrase = await newPassphraseFor(cli, flags);
  const file = path.resolve(cli.surroundings.cwd, name);
  const result = await withService(cli, 'exporter', (exporter) =>
    exporter.run({ file, workspace, passphrase, program: serverPackage.version, progress: cli.progress }),
  );
  const { leftOut, missingObjects, objects, rows } = result;
  const notes = Object.entries(leftOut).map(([what, count]) => `Not in it: ${count} ${what}.`);
  const lost = missingObjects > 0 ? [`${missingObjects} files were not in the storage.`] : [];
  cli.result({ file, ...result }, [`Wrote ${file}: ${rows} rows, ${objects} files.`, ...lost, ...notes].join('\n'));
}
