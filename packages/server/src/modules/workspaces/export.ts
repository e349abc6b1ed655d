import type { Executor } from '../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../identity/index.ts';
import { workspacesOf } from './store.ts';

/** The workspaces of a person, for an export of their data. */
export function membershipPart(db: Executor, userId: string): ExportPart {
  const pages = pagesOf(
    async (after: string | undefined) =>
      (await workspacesOf(db, userId, { after, limit: EXPORT_PAGE })).map(({ id, name, personalOf, role }) => ({
        workspaceId: id,
        name,
        personal: personalOf !== null,
        role,
      })),
    ({ workspaceId }) => workspaceId,
  );
  return { name: 'workspaces', about: 'the workspaces that you are in, with your role', pages };
}
