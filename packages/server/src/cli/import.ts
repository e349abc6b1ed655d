import { createWriteStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import type { ImportResult, Source } from '../modules/imports/index.ts';
import type { Cli } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import { passphraseFor } from './passphrase.ts';
import { withService } from './with-service.ts';

interface ImportFlags {
  workspace: string;
  dryRun?: boolean;
  report?: string;
  people?: string;
  timeZone?: string;
  dates?: 'dmy' | 'mdy';
  highestPriority?: '1' | '4';
  passphraseFile?: string;
}

/** The name of each product's exports. */
const PRODUCTS: readonly { source: Source; what: string; zoned?: boolean }[] = [
  { source: 'slack', what: 'the zip file of a Slack export: people, channels, messages, threads, reactions, files' },
  { source: 'mattermost', what: 'a bulk export of Mattermost: its zip file, or the JSONL file alone' },
  {
    source: 'trello',
    what: 'the JSON file of a Trello board, or a zip file with its uploads: cards, checklists, labels, comments',
  },
  { source: 'todoist', what: 'the CSV file of a Todoist project', zoned: true },
  { source: 'toggl', what: 'the detailed report of Toggl Track as CSV', zoned: true },
  { source: 'clockify', what: 'the detailed report of Clockify as CSV', zoned: true },
  { source: 'atrium', what: 'a workspace that "atrium export" wrote' },
];

const HELP = `
Rows that were imported before are left as they are: run it again after an interruption, or with a newer export.
Nobody is notified. People are found by their e-mail address; for others an account is made, which they take over
by "Forgot password?". Rows that are left out do not change the exit code: see the report.`;

/** `atrium import slack` and so on. */
export function importCommand(cli: () => Cli): Command {
  const command = new Command('import').description('take over what was made with another product');
  for (const { source, what, zoned } of PRODUCTS) {
    const one = command
      .command(source)
      .description(`import ${what}`)
      .argument('<file>')
      .requiredOption('--workspace <id or name>', 'where it goes')
      .option('--dry-run', 'change nothing, and say what would happen')
      .option('--report <file>', 'write what became of each row there, one line of JSON each')
      .option('--people <file>', 'CSV with the columns "person" (id, username or name there) and "email"')
      .addHelpText('after', HELP);
    if (zoned) {
      one.option('--time-zone <name>', 'the zone of its times, as IANA names it; default: DEFAULT_TIMEZONE');
      one.addOption(new Option('--dates <order>', 'how it writes days; default: as they show').choices(['dmy', 'mdy']));
    }
    if (source === 'todoist') {
      one.addOption(new Option('--highest-priority <number>', 'which is the highest').choices(['1', '4']).default('1'));
    }
    if (source === 'atrium') one.option('--passphrase-file <file>', 'its first line; default: BACKUP_PASSPHRASE');
    one.action((file: string, flags: ImportFlags) => runImport(cli(), source, file, flags));
  }
  return command;
}

async function runImport(cli: Cli, source: Source, name: string, flags: ImportFlags): Promise<void> {
  const { cwd } = cli.surroundings;
  const file = path.resolve(cwd, name);
  await access(file);
  const addresses = flags.people === undefined ? new Map() : await readPeople(path.resolve(cwd, flags.people));
  const passphrase =
    source === 'atrium' ? await passphraseFor(cli, { file: flags.passphraseFile, isNew: false }) : undefined;
  const sink = flags.report === undefined ? undefined : await openReport(path.resolve(cwd, flags.report));
  try {
    const result = await withService(cli, 'importer', (importer, { defaultTimezone }) =>
      importer.run({
        passphrase,
        source,
        file,
        workspace: flags.workspace,
        isDry: flags.dryRun ?? false,
        addresses,
        timeZone: flags.timeZone ?? defaultTimezone,
        dateOrder: flags.dates,
        highestPriority: flags.highestPriority === '4' ? 4 : 1,
        report: async (line) => sink?.write(line),
        progress: cli.progress,
      }),
    );
    cli.result({ source, dryRun: flags.dryRun ?? false, ...result }, describe(result, flags));
  } finally {
    await sink?.end();
  }
}

async function openReport(file: string) {
  const { streamSink } = await import('../platform/backup/index.ts');
  const sink = streamSink(createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return {
    write: (line: unknown) => sink.write(Buffer.from(`${JSON.stringify(line)}\n`)),
    end: sink.end,
  };
}

async function readPeople(file: string): Promise<Map<string, string>> {
  const { parse } = await import('csv-parse/sync');
  const rows = parse(await readFile(file), { bom: true, columns: true, skip_empty_lines: true, trim: true });
  const people = (rows as Record<string, string>[]).flatMap(({ person, email }): [string, string][] =>
    person === undefined || email === undefined ? [] : [[person.toLowerCase(), email]],
  );
  if (people.length > 0) return new Map(people);
  throw new CommandFailure(`${file} has no columns "person" and "email".`, EXIT.data);
}

const NAMES: Readonly<Record<string, string>> = {
  person: 'people',
  conversation: 'conversations',
  message: 'messages',
  label: 'labels',
  task: 'tasks',
  comment: 'comments',
  time: 'time entries',
  correction: 'corrections',
  shop: 'shops',
  product: 'products',
  order: 'orders',
  movement: 'stock movements',
  webhook: 'webhooks',
  endpoint: 'webhook endpoints',
  unreadable: 'rows that cannot be read',
};

function describe({ counts, odd, oddities }: ImportResult, { dryRun, report }: ImportFlags): string {
  const lines = Object.entries(counts).map(([kind, { created, present, 'left out': left }]) => {
    const parts = [
      `${created} ${dryRun ? 'would be created' : 'created'}`,
      `${present} there before`,
      `${left} left out`,
    ];
    return `${NAMES[kind] ?? kind}: ${kind === 'unreadable' ? left : parts.join(', ')}`;
  });
  const told = oddities.map(({ kind, where, outcome, notes }) => {
    const what = outcome === 'left out' ? `${kind} left out` : kind;
    return `  ${where}: ${what}: ${notes.join('; ')}`;
  });
  const more = odd > oddities.length && [`  … and ${odd - oddities.length} more${report ? '' : '; see --report'}`];
  return [...lines, ...(odd > 0 ? ['', 'To be noted:', ...told, ...(more || [])] : [])].join('\n') || 'Nothing there.';
}
