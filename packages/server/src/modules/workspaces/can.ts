import type { EventData, MyWorkspace, WorkspaceCan } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { problem, type Work } from '../../platform/module/index.ts';
import { factsAt, factsOfOwners, type MemberFacts } from './can-store.ts';
import { permitsSame, type WithRole, workspaceCanOf } from './policy.ts';
import { presentMyWorkspace } from './present.ts';
import type { StoredWorkspace, WorkspaceWithRole } from './store.ts';
import type { WorkspaceViewer } from './visibility-store.ts';

declare module '../../platform/stream/index.ts' {
  interface RenderedBodies {
    'workspace:can': WorkspaceViewer;
  }
}

type Publishing = Pick<Work, 'tx' | 'append'>;

const keyOf = ({ workspaceId, viewerId }: WorkspaceViewer) => `${workspaceId} ${viewerId}`;

/**
 * What people may do with workspaces, in the given order, in one query.
 * @returns undefined for people who are not in the workspace
 */
export async function workspaceCansAt(
  db: Executor,
  views: readonly WorkspaceViewer[],
): Promise<(WorkspaceCan | undefined)[]> {
  const cans = new Map((await factsAt(db, views)).map((facts) => [keyOf(facts), workspaceCanOf(facts)]));
  return views.map((view) => cans.get(keyOf(view)));
}

/** Renders what people may do now. */
export async function renderWorkspaceCan(
  db: Executor,
  events: readonly { body: WorkspaceViewer }[],
): Promise<(EventData['workspace:can'] | null)[]> {
  const views = events.map(({ body }) => body);
  const cans = await workspaceCansAt(db, views);
  return views.map(({ workspaceId }, at) => {
    const can = cans[at];
    return can ? { workspaceId, can } : null;
  });
}

/** Workspaces as one of their members sees them. */
export async function myWorkspaces(
  db: Executor,
  viewerId: string,
  rows: readonly WorkspaceWithRole[],
): Promise<MyWorkspace[]> {
  const cans = await workspaceCansAt(
    db,
    rows.map(({ id: workspaceId }) => ({ workspaceId, viewerId })),
  );
  return rows.flatMap(({ role, ...row }, at) => {
    const can = cans[at];
    return can ? [presentMyWorkspace(row, role, can)] : [];
  });
}

/**
 * The same for one workspace.
 * @throws `not_found` for people who are no longer in it
 */
export async function myWorkspace(
  db: Executor,
  { userId, role }: WithRole,
  workspace: StoredWorkspace,
): Promise<MyWorkspace> {
  const [mine] = await myWorkspaces(db, userId, [{ ...workspace, role }]);
  if (mine === undefined) throw problem('not_found');
  return mine;
}

function announceIfOther({ append }: Pick<Publishing, 'append'>, before: MemberFacts, now: MemberFacts): void {
  const { viewerId, workspaceId } = now;
  if (!permitsSame(before, now)) append(`user:${viewerId}`, 'workspace:can', { viewerId, workspaceId });
}

/** Tells a member what they may do after their role changed. Call it after the role was written. */
export async function announceRoleCan(
  context: Publishing,
  view: WorkspaceViewer,
  previous: WithRole['role'],
): Promise<void> {
  for (const now of await factsAt(context.tx, [view])) {
    announceIfOther(context, { ...now, role: previous, isLastOwner: false }, now);
  }
}

/**
 * Tells an owner that they are no longer the only owner, or now are: the last one cannot leave. Call it after a change
 * of owners was written.
 */
export async function announceOwners(
  context: Publishing,
  { workspaceId, viewerId }: WorkspaceViewer,
  change: 'came' | 'went',
): Promise<void> {
  const owners = await factsOfOwners(context.tx, workspaceId, 3);
  // With more owners, none was or is the only one.
  if (owners.length !== (change === 'came' ? 2 : 1)) return;
  for (const now of owners) {
    if (now.viewerId !== viewerId) announceIfOther(context, { ...now, isLastOwner: !now.isLastOwner }, now);
  }
}
