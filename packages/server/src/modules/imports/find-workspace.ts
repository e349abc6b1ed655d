import { validate } from 'uuid';
import type { Executor } from '../../platform/database/index.ts';
import { problem } from '../../platform/module/index.ts';
import { anyWorkspaces, workspacesById } from '../workspaces/index.ts';

/** Finds a workspace by its id, or by its name if that is unique. @throws `not_found`, `conflict` */
export async function findWorkspace(db: Executor, wanted: string): Promise<string> {
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
