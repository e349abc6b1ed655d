import type { Work } from '../../platform/module/index.ts';
import { workspaceStream } from './events.ts';
import { isVisitor, type WithRole } from './policy.ts';
import { visitorIdsOf, visitorsWhoSee, type WorkspaceViewer, workspacesSeenBy } from './visibility-store.ts';

type Publishing = Pick<Work, 'tx' | 'append'>;

/** Maximum number of people in one event; for more the whole workspace is sent. */
const MOST_NAMED = 100;

/**
 * Tells a guest or a customer that some people of a workspace became visible, disappeared or changed. The current state
 * is looked up when the event is read, so additional people are harmless. If there are many, the whole workspace is
 * sent instead, because as many guests may be told at once.
 */
export function announcePeople(
  { append }: Pick<Publishing, 'append'>,
  view: WorkspaceViewer,
  userIds: readonly string[],
): void {
  const { workspaceId, viewerId } = view;
  if (userIds.length > MOST_NAMED) append(`user:${viewerId}`, 'workspace:joined', { workspaceId, userId: viewerId });
  else if (userIds.length > 0) append(`user:${viewerId}`, 'workspace:people', { ...view, userIds: [...userIds] });
}

/** Tells everyone in a workspace that it changed. */
export async function publishWorkspace({ tx, append }: Publishing, workspaceId: string): Promise<void> {
  append(workspaceStream(workspaceId), 'workspace:updated', { workspaceId });
  for (const id of await visitorIdsOf(tx, workspaceId)) append(`user:${id}`, 'workspace:updated', { workspaceId });
}

/** Tells the guests and customers who see someone, including that person, that their profile changed. */
export async function announceProfile(context: Publishing, userId: string): Promise<void> {
  for (const { workspaceId, viewerId } of await visitorsWhoSee(context.tx, [userId])) {
    announcePeople(context, { workspaceId, viewerId }, [userId]);
  }
  const { visiting } = await workspacesSeenBy(context.tx, userId);
  for (const workspaceId of visiting) announcePeople(context, { workspaceId, viewerId: userId }, [userId]);
}

/** Announces a new role to the workspace, to guests and customers who see the person, and to the person. */
export async function publishRole(
  context: Publishing,
  { workspaceId, userId, role }: WithRole & { workspaceId: string },
  previous: WithRole['role'],
): Promise<void> {
  const { tx, append } = context;
  const stream = workspaceStream(workspaceId);
  const changed = { workspaceId, userId, role };
  const worked = !isVisitor(previous);
  const works = !isVisitor(role);
  if (worked === works) append(stream, 'member:updated', changed);
  else append(stream, 'member:updated', changed, works ? { join: [userId] } : { leave: [userId] });
  for (const seen of await visitorsWhoSee(tx, [userId])) {
    if (seen.workspaceId === workspaceId) announcePeople(context, { workspaceId, viewerId: seen.viewerId }, [userId]);
  }
  if (worked && works) return;
  // They see other people from now on, so the whole workspace is sent.
  const effect = works ? { follow: [stream] } : { unfollow: [stream] };
  append(`user:${userId}`, 'workspace:joined', { workspaceId, userId }, effect);
}
