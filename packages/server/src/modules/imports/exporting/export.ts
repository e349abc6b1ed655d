import { type Progress, writeExport } from '../../../platform/backup/index.ts';
import { atOneMoment } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import type { Storage } from '../../../platform/storage/index.ts';
import { contentKey } from '../../files/index.ts';
import { membersOf } from '../../workspaces/index.ts';
import type { Part } from '../rows/export-format.ts';
import { conversationValues } from './conversations.ts';
import { endpointValues } from './endpoints.ts';
import { peopleValues } from './people.ts';
import { Exported, momentIn, type ReadDeps } from './reader.ts';
import { shopValues } from './shop.ts';
import { taskValues } from './tasks.ts';

export interface ExportOptions {
  file: string;
  workspaceId: string;
  passphrase: string | undefined;
  program: string;
  progress: Progress;
}

export interface ExportResult {
  workspaceId: string;
  rows: number;
  objects: number;
  missingObjects: number;
  bytes: number;
  /** The number of items left out, by kind. */
  leftOut: Record<string, number>;
}

/** Writes a snapshot of one workspace, and nothing of others, to a file. */
export async function exportWorkspace(
  deps: ReadDeps & { storage: Pick<Storage, 'open'> },
  { file, passphrase, program, progress, workspaceId }: ExportOptions,
): Promise<ExportResult> {
  return atOneMoment(deps.database.pool, async (tx) => {
    const owner = (await membersOf(tx, workspaceId)).find(({ role }) => role === 'owner');
    if (owner === undefined) throw problem('conflict', 'The workspace has no owner.');
    const exported = new Exported(await momentIn(tx, deps.backfill), { workspaceId, ownerId: owner.userId });
    const part = (name: Part, values: AsyncIterable<object>) => ({ name, values });
    const { bytes, missingObjects, objects, rows } = await writeExport(
      file,
      {
        db: exported.db,
        program,
        storage: deps.storage,
        // Everyone mentioned is known only after the rest has been read.
        parts: [
          part('conversations', conversationValues(exported)),
          part('tasks', taskValues(exported)),
          part('shop', shopValues(exported)),
          part('endpoints', endpointValues(exported)),
          part('people', peopleValues(exported)),
        ],
        objectKeys: () => [...exported.objects].map(contentKey),
      },
      { passphrase, progress },
    );
    return { workspaceId, rows, objects, missingObjects, bytes, leftOut: Object.fromEntries(exported.leftOut) };
  });
}
