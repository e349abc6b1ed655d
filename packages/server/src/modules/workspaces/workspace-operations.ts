import { workspaces } from '@atrium/protocol';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../platform/module/index.ts';
import { recordAudit } from '../identity/index.ts';
import { myWorkspace, myWorkspaces } from './can.ts';
import { closeWorkspace, openWorkspace } from './membership.ts';
import { mayDelete } from './policy.ts';
import { presentWorkspace } from './present.ts';
import { refuseBot } from './refuse-bot.ts';
import { renameWorkspace, workspacesOf } from './store.ts';
import { publishWorkspace } from './visibility.ts';

/** Operations to create, read, rename and delete workspaces. */
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
      return myWorkspace(context.tx, { userId: actor.userId, role: 'owner' }, workspace);
    }),

    read(workspaces.list, async ({ db, actor, input }) => {
      const page = idPage(input);
      const { rows, nextCursor } = cutPage(await workspacesOf(db, actor.userId, page), page, (row) => row.id);
      return { items: await myWorkspaces(db, actor.userId, rows), nextCursor };
    }),

    read(workspaces.get, ({ actor, db, subject }) =>
      myWorkspace(db, { userId: actor.userId, role: subject.role }, subject.workspace),
    ),

    command(
      workspaces.update,
      async (context) => {
        const { tx, actor, input, subject } = context;
        const me = { userId: actor.userId, role: subject.role };
        const { name, version } = input;
        const { workspace } = subject;
        if (version !== undefined && version !== workspace.version) {
          throw problem('version_conflict', { current: presentWorkspace(workspace) });
        }
        if (name === undefined || name === workspace.name) return myWorkspace(tx, me, workspace);
        const renamed = await renameWorkspace(tx, workspace.id, name);
        if (renamed === undefined) throw problem('not_found');
        await publishWorkspace(context, workspace.id);
        return myWorkspace(tx, me, renamed);
      },
      { lock: 'change' },
    ),

    command(
      workspaces.delete,
      async (context) => {
        const { workspace, role } = context.subject;
        if (!mayDelete(role, workspace)) {
          throw problem('forbidden', 'A personal workspace cannot be deleted.');
        }
        await closeWorkspace(context, workspace.id);
        await recordAudit(context.tx, context, {
          kind: 'workspace_deleted',
          actorId: context.actor.userId,
          targetId: workspace.id,
          details: { name: workspace.name },
        });
        return {};
      },
      { lock: 'remove' },
    ),
  ];
}
