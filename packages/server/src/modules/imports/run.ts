import { problem } from '../../platform/module/index.ts';
import type { AllowedHosts } from '../../platform/outbound/index.ts';
import { membersOf } from '../workspaces/index.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Row, Rows, Source } from './rows/neutral.ts';
import { type Counts, Report, type ReportLine } from './rows/report.ts';
import { READERS, type SourceOptions } from './sources/index.ts';
import { Job, type WriteDeps } from './writing/job.ts';
import { writeRows } from './writing/write.ts';

export interface ImportOptions extends Omit<SourceOptions, 'allowedHosts' | 'now'> {
  source: Source;
  file: string;
  /** Its id, or its name if that is unique. */
  workspace: string;
  /** Only reports what would happen. */
  isDry: boolean;
  /** E-mail addresses of people by their id, username or name in the source. */
  addresses: ReadonlyMap<string, string>;
  /** Receives each line of the report. */
  report(line: ReportLine): Promise<void>;
  progress(line: string): void;
}

export interface ImportResult {
  workspaceId: string;
  rows: number;
  counts: Counts;
  /** Rows with problems. */
  odd: number;
  /** The first of them. */
  oddities: readonly ReportLine[];
}

/** Imports exports of other products into a workspace. */
export interface Importer {
  /** @throws BadExport for a file that is not such an export; ProblemError `not_found`, `conflict` for the workspace */
  run(options: ImportOptions): Promise<ImportResult>;
}

const ODDITIES_SHOWN = 100;

/** Creates the importer. */
export function createImporter(deps: WriteDeps & { webhookHosts: AllowedHosts }): Importer {
  return {
    async run({ addresses, file, isDry, progress, report: sink, source, workspace, ...options }) {
      const workspaceId = await findWorkspace(deps.database.db, workspace);
      const members = await membersOf(deps.database.db, workspaceId);
      const owner = members.find(({ role }) => role === 'owner');
      if (owner === undefined) throw problem('conflict', 'The workspace has no owner.');
      const job = new Job(deps, { workspaceId, ownerId: owner.userId, source, isDry });
      const report = new Report(sink, ODDITIES_SHOWN);
      const now = deps.clock.now();
      const rows = READERS[source](file, { ...options, allowedHosts: deps.webhookHosts, now });
      await writeRows(job, withAddresses(rows, addresses), { report, progress });
      return { workspaceId, rows: report.rows, counts: report.counts, odd: report.odd, oddities: report.oddities };
    },
  };
}

/** People whose address the operator supplied. */
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
