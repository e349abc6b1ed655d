import type { Module } from '../../platform/module/index.ts';
import type { AllowedPlaces } from '../../platform/outbound/index.ts';
import { importTables } from './lifecycle.ts';
import { createImporter, type Importer } from './run.ts';
import type { WriteDeps } from './writing/job.ts';

export type { Source } from './rows/neutral.ts';
export type { Importer, ImportOptions, ImportResult } from './run.ts';

declare module '../../platform/module/index.ts' {
  interface Services {
    importer: Importer;
  }
}

/** Takes over what was made with other products. Only whoever runs the server does. */
export function importsModule(deps: WriteDeps & { webhookPlaces: AllowedPlaces }): Module {
  return {
    name: 'imports',
    operations: [],
    services: { importer: createImporter(deps) },
    tables: importTables,
  };
}
