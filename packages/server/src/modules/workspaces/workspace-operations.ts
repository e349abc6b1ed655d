import { type MyWorkspace, workspaces } from '@atrium/protocol';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../platform/module/index.ts';
import { closeWorkspace, openWorkspace } from './membership.ts';
import { workspaceCanOf } from './policy.ts';
import { presentMyWorkspace, presentWorkspace } from './present.ts';
import { refuseBot } from './refuse-bot.ts';
import { lockWorkspace, renameWorkspace, type WorkspaceWithRole, workspacesOf } from './store.ts';
import { tellWorkspace } from './visibility.ts';

function present(workspace: WorkspaceWithRole): MyWorkspace {
  return presentMyWorkspace(workspace, workspace.role);
}

/** Opening, finding, renaming and deleting workspaces. */
export function workspaceOperations(): Implementation[] {
  return [
    command(workspaces.create, async (context) => {
      const { input, actor } = context;
      refuseBot(actor);
      const workspace = await openWorkspace(context, {
        name: input.name,
        userId: actor.userId,
        personal: false,
      });
      return presentMyWorkspace(workspace, 'owner');
    }),

    read(workspaces.list, async ({ db, actor, input }) => {
      const page = idPage(input);
      const { rows, nextCursor } = cutPage(await workspacesOf(db, actor.userId, page), page, (row) => row.id);
      return { items: rows.map(present), nextCursor };
    }),

    read(workspaces.get, ({ subject }) => presentMyWorkspace(subject.workspace, subject.role)),

    command(workspaces.update, async (context) => {
      const { tx, input, subject } = context;
      const { role } = subject;
      const { name, version } = input;
      const workspace = await lockWorkspace(tx, subject.workspace.id);
      if (workspace === undefined) throw problem('not_found');
      if (version !== undefined && version !== workspace.version) {
        throw problem('version_conflict', { current: presentWorkspace(workspace) });
      }
      if (name === undefined || name === workspace.name) return presentMyWorkspace(workspace, role);
      const renamed = await renameWorkspace(tx, workspace.id, name);
      if (renamed === undefined) throw problem('not_found');
      await tellWorkspace(context, workspace.id);
      return presentMyWorkspace(renamed, role);
    }),

    command(workspaces.delete, async (context) => {
      const { tx, subject } = context;
      const workspace = await lockWorkspace(tx, subject.workspace.id, 'deletion');
      if (workspace === undefined) throw problem('not_found');
      if (!workspaceCanOf(subject.role, workspace).delete) {
        throw problem('forbidden', 'A personal workspace cannot be deleted.');
      }
      await closeWorkspace(context, workspace.id);
      return {};
    }),
  ];
}
