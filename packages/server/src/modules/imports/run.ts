import { validate } from 'uuid';
import { problem } from '../../platform/module/index.ts';
import type { AllowedPlaces } from '../../platform/outbound/index.ts';
import { anyWorkspaces, membersOf, workspacesById } from '../workspaces/index.ts';
import type { Row, Rows, Source } from './rows/neutral.ts';
import { type Counts, Report, type ReportLine } from './rows/report.ts';
import { READERS, type SourceOptions } from './sources/index.ts';
import { Job, type WriteDeps } from './writing/job.ts';
import { writeRows } from './writing/write.ts';

export interface ImportOptions extends Omit<SourceOptions, 'allowedPlaces' | 'now'> {
  source: Source;
  file: string;
  /** Its id, or its name if no other has it. */
  workspace: string;
  /** Only says what would happen. */
  isDry: boolean;
  /** E-mail addresses of people by their id, username or name in the source. */
  addresses: ReadonlyMap<string, string>;
  /** Takes each line of the report. */
  report(line: ReportLine): Promise<void>;
  progress(line: string): void;
}

export interface ImportResult {
  workspaceId: string;
  rows: number;
  counts: Counts;
  /** Rows of which something is to be said. */
  odd: number;
  /** The first of them. */
  oddities: readonly ReportLine[];
}

/** Imports what was made with other products into a workspace. */
export interface Importer {
  /** @throws BadExport for a file that is no such export; ProblemError `not_found`, `conflict` for the workspace */
  run(options: ImportOptions): Promise<ImportResult>;
}

const ODDITIES_SHOWN = 100;

/** Creates the importer. */
export function createImporter(deps: WriteDeps & { webhookPlaces: AllowedPlaces }): Importer {
  return {
    async run({ addresses, file, isDry, progress, report: sink, source, workspace, ...options }) {
      const workspaceId = await findWorkspace(deps, workspace);
      const members = await membersOf(deps.database.db, workspaceId);
      const owner = members.find(({ role }) => role === 'owner');
      if (owner === undefined) throw problem('conflict', 'The workspace has no owner.');
      const job = new Job(deps, { workspaceId, ownerId: owner.userId, source, isDry });
      const report = new Report(sink, ODDITIES_SHOWN);
      const now = deps.clock.now();
      const rows = READERS[source](file, { ...options, allowedPlaces: deps.webhookPlaces, now });
      await writeRows(job, withAddresses(rows, addresses), { report, progress });
      return { workspaceId, rows: report.rows, counts: report.counts, odd: report.odd, oddities: report.oddities };
    },
  };
}

async function findWorkspace({ database: { db } }: WriteDeps, wanted: string): Promise<string> {
  if (validate(wanted)) {
    const id = wanted.toLowerCase();
    if ((await workspacesById(db, [id])).has(id)) return id;
    throw problem('not_found', `There is no workspace ${wanted}.`);
  }
  const similar = await anyWorkspaces(db, { q: wanted, personal: false }, { after: undefined, limit: 100 });
  const same = similar.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [only] = same;
  if (only === undefined) throw problem('not_found', `There is no workspace called ${wanted}.`);
  if (same.length > 1) throw problem('conflict', `Several workspaces are called ${wanted}: give its id.`);
  return only.id;
}

/** People of whom the operator has told the address. */
async function* withAddresses(rows: Rows, addresses: ReadonlyMap<string, string>): AsyncGenerator<Row, void> {
  for await (const row of rows) {
    if (row.kind !== 'person') yield row;
    else {
      const names = [row.key, row.username, row.name].flatMap((name) => name?.toLowerCase() ?? []);
      const told = names.map((name) => addresses.get(name)).find((address) => address !== undefined);
      yield told === undefined ? row : { ...row, email: told, isActive: true };
    }
  }
}
