import type { Module } from '../../platform/module/index.ts';
import type { AllowedHosts } from '../../platform/outbound/index.ts';
import type { Storage } from '../../platform/storage/index.ts';
import { type ExportOptions, type ExportResult, exportWorkspace } from './exporting/export.ts';
import type { ReadDeps } from './exporting/reader.ts';
import { findWorkspace } from './find-workspace.ts';
import { importTables } from './lifecycle.ts';
import { createImporter, type Importer } from './run.ts';
import type { WriteDeps } from './writing/job.ts';

export type { Source } from './rows/neutral.ts';
export type { Importer, ImportResult } from './run.ts';

/** Exports workspaces to files. */
export interface Exporter {
  /**
   * Exports one workspace, and nothing of others.
   * @param options.workspace its id, or its name if that is unique
   * @throws FileExists; ProblemError `not_found`, `conflict` for the workspace
   */
  run(options: Omit<ExportOptions, 'workspaceId'> & { workspace: string }): Promise<ExportResult>;
}

declare module '../../platform/module/index.ts' {
  interface Services {
    importer: Importer;
    exporter: Exporter;
  }
}

/** Imports from other products and exports workspaces. Only for operators of the server. */
export function importsModule(
  deps: WriteDeps & ReadDeps & { storage: Pick<Storage, 'open'>; webhookHosts: AllowedHosts },
): Module {
  const exporter: Exporter = {
    async run({ workspace, ...options }) {
      const workspaceId = await findWorkspace(deps.database.db, workspace);
      return exportWorkspace(deps, { ...options, workspaceId });
    },
  };
  return {
    name: 'imports',
    operations: [],
    services: { importer: createImporter(deps), exporter },
    tables: importTables,
  };
}
