import { type AdminWorkspace, adminWorkspaces } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { latestMessageTimes } from '../../chat/index.ts';
import { usagesOf } from '../../files/index.ts';
import { holdAdmin, recordAudit, usersById } from '../../identity/index.ts';
import { latestTaskChanges } from '../../tasks/index.ts';
import { type AnyWorkspace, anyWorkspaces, closeWorkspace, lockWorkspace } from '../../workspaces/index.ts';
import { adminWorkspaceCanOf } from './policy.ts';

function latestOf(...times: (Date | undefined)[]): string | null {
  const known = times.filter((at) => at !== undefined).map((at) => at.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString();
}

async function present(db: Executor, rows: readonly AnyWorkspace[]): Promise<AdminWorkspace[]> {
  const ids = rows.map(({ id }) => id);
  const usages = await usagesOf(db, ids);
  const messages = await latestMessageTimes(db, ids);
  const tasks = await latestTaskChanges(db, ids);
  const users = await usersById(db, [...new Set(rows.flatMap(({ ownerIds }) => ownerIds))]);
  return rows.map(({ id, name, personalOf, createdAt, members, ownerIds }) => {
    const personal = personalOf !== null;
    const { files, bytes } = usages.get(id) ?? { files: 0, bytes: 0 };
    return {
      id,
      name,
      personal,
      createdAt: createdAt.toISOString(),
      members,
      owners: ownerIds.flatMap((ownerId) => users.get(ownerId) ?? []),
      files,
      storageBytes: bytes,
      lastActivityAt: latestOf(messages.get(id), tasks.get(id)),
      can: adminWorkspaceCanOf({ personal }),
    };
  });
}

/** The workspaces of the instance for its administrators. */
export const workspaceOperations: readonly Implementation[] = [
  read(adminWorkspaces.list, async ({ db, input }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await anyWorkspaces(db, input, page), page, ({ id }) => id);
    return { items: await present(db, rows), nextCursor };
  }),

  command(
    adminWorkspaces.delete,
    async (context) => {
      const { actor, input, tx } = context;
      // Workspaces are locked before accounts.
      const workspace = await lockWorkspace(tx, input.workspaceId, 'deletion');
      if (!(await holdAdmin(tx, actor.userId))) throw problem('forbidden');
      if (workspace === undefined) throw problem('not_found');
      if (!adminWorkspaceCanOf({ personal: workspace.personalOf !== null }).delete) {
        throw problem('conflict', 'A personal workspace is deleted with its account.');
      }
      await closeWorkspace(context, workspace.id);
      await recordAudit(tx, context, {
        kind: 'workspace_deleted',
        actorId: actor.userId,
        targetId: workspace.id,
        details: { name: workspace.name },
      });
      return {};
    },
    { lock: 'itself' },
  ),
];
