import {
  type AdminMember,
  type AdminWorkspace,
  type AdminWorkspaceDetails,
  adminWorkspaces,
  type WorkspaceRole,
} from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { messagesSince } from '../../analytics/index.ts';
import { latestMessageTimes } from '../../chat/index.ts';
import { usagesOf } from '../../files/index.ts';
import { holdAdmin, recordAudit, usersById } from '../../identity/index.ts';
import { latestTaskChanges } from '../../tasks/index.ts';
import {
  type AnyWorkspace,
  anyWorkspaces,
  closeWorkspace,
  lockWorkspace,
  memberPage,
  roleCounts,
} from '../../workspaces/index.ts';
import { adminWorkspaceCanOf } from './policy.ts';

/** How far back the activity of a workspace is counted. */
const ACTIVITY_MS = 28 * 86_400_000;

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

/** Finds one workspace. Throws `not_found`. */
async function workspaceById(db: Executor, id: string): Promise<AnyWorkspace> {
  const [found] = await anyWorkspaces(db, { id, personal: true }, { after: undefined, limit: 1 });
  if (found === undefined) throw problem('not_found');
  return found;
}

async function presentDetails(db: Executor, id: string, now: Date): Promise<Omit<AdminWorkspaceDetails, 'quotaBytes'>> {
  const [workspace] = await present(db, [await workspaceById(db, id)]);
  if (workspace === undefined) throw problem('not_found');
  const counts = await roleCounts(db, id);
  const of = (role: WorkspaceRole) => counts.get(role) ?? 0;
  const messages = await messagesSince(db, id, new Date(now.getTime() - ACTIVITY_MS));
  return {
    ...workspace,
    roles: {
      owner: of('owner'),
      admin: of('admin'),
      member: of('member'),
      guest: of('guest'),
      customer: of('customer'),
    },
    messages,
  };
}

/** The workspaces of the instance for its administrators, never their content. */
export const workspaceOperations = ({ fileQuotaBytes }: { fileQuotaBytes: number }): readonly Implementation[] => [
  read(adminWorkspaces.get, async ({ db, input, now }) => ({
    ...(await presentDetails(db, input.workspaceId, now)),
    quotaBytes: fileQuotaBytes,
  })),

  read(adminWorkspaces.members, async ({ db, input }) => {
    await workspaceById(db, input.workspaceId);
    const page = idPage(input);
    const found = await memberPage(db, input.workspaceId, page);
    const { rows, nextCursor } = cutPage(found, page, ({ userId }) => userId);
    const users = await usersById(
      db,
      rows.map(({ userId }) => userId),
    );
    const items = rows.flatMap(({ userId, role, joinedAt }): AdminMember[] => {
      const user = users.get(userId);
      return user === undefined ? [] : [{ user, role, joinedAt: joinedAt.toISOString() }];
    });
    return { items, nextCursor };
  }),

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
