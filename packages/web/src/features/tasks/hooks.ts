import type { ClientState } from '@atrium/client';
import type { Label, TaskState, User } from '@atrium/protocol';
import { useMemo } from 'react';
import { dayAfter } from '../../i18n/days.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useNow } from '../../live/clock.ts';
import { overlaid, usePatches } from '../../live/overlay.ts';
import { useLive } from '../../live/use-live.ts';
import { useOperation, useOperationPages } from '../../live/use-operation.ts';
import type { MentionLookup } from '../../text/message-text.tsx';
import { useNavigate } from '../../ui/link/link-context.tsx';
import { type Days, groupByDue, mergeLists, type TaskFilters, type TaskOrder } from './model.ts';

/** Today and the following days, in the user's zone. */
export function useDays(): Days {
  const { dayKey } = useFormats();
  const today = dayKey(useNow(60_000));
  return useMemo(() => ({ today, tomorrow: dayAfter(today, 1), weekEnd: dayAfter(today, 6) }), [today]);
}

/** Tasks as shown on the screen: live state takes precedence over query results, my pending changes over both. */
function useShown(asked: readonly TaskState[] | undefined): TaskState[] | undefined {
  const live = useLive((state) => state.tasks);
  const patches = usePatches();
  return useMemo(
    () => asked?.map((task) => overlaid(patches, `task:${task.id}`, live[task.id] ?? task)),
    [asked, live, patches],
  );
}

/** A list of tasks, kept up to date: open ones in two lists of the server, each loaded page by page. */
export function useTasks(workspaceId: string, filters: TaskFilters) {
  const { scope, status } = filters;
  const order: TaskOrder = filters.order ?? 'due';
  const input = { workspaceId, scope, limit: 100, ...narrowing(filters) };
  const isOpen = status === 'open';
  const open = isOpen ? { ...input, sort: order } : undefined;
  const todo = useOperationPages('tasks.list', open && { ...open, status: 'todo' });
  const begun = useOperationPages('tasks.list', open && { ...open, status: 'in-progress' });
  const done = useOperationPages('tasks.list', isOpen ? undefined : { ...input, sort: 'completed' });
  const asked = useMemo(() => {
    if (!isOpen) return done.items;
    if (!todo.items || !begun.items) return undefined;
    const lists = [
      { items: todo.items, hasMore: todo.hasMore },
      { items: begun.items, hasMore: begun.hasMore },
    ];
    return mergeLists(lists, order);
  }, [isOpen, order, todo.items, todo.hasMore, begun.items, begun.hasMore, done.items]);
  const answers = isOpen ? [todo, begun] : [done];
  return {
    tasks: useShown(asked),
    error: answers.find(({ error }) => error)?.error ?? null,
    hasMore: answers.some(({ hasMore }) => hasMore),
    isLoadingMore: answers.some(({ isLoadingMore }) => isLoadingMore),
    loadMore: () => {
      for (const { hasMore, loadMore } of answers) if (hasMore) loadMore();
    },
    retry: () => {
      for (const { retry } of answers) retry();
    },
  };
}

/** The part of a request that narrows a list of tasks. */
export function narrowing({ member, priority, q }: TaskFilters) {
  return { ...(member && { memberId: member }), ...(priority && { priority }), ...(q && { q }) };
}

/** One task with the people it refers to; undefined while it is not loaded. */
export function useTask(taskId: string) {
  const answer = useOperation('tasks.get', { taskId });
  const asked = useMemo(() => answer.data && [answer.data], [answer.data]);
  return { task: useShown(asked)?.[0], people: answer.data?.people ?? [], error: answer.error, retry: answer.refetch };
}

/**
 * Goes from the page of a task to the list, once the task was deleted or hidden. That may take until there is a
 * connection: a person who is elsewhere by then stays there.
 */
export function useLeaveTask({ id, workspaceId }: Pick<TaskState, 'id' | 'workspaceId'>): () => void {
  const navigate = useNavigate();
  return () => {
    if (location.pathname === `/tasks/${id}`) navigate(`/w/${workspaceId}/tasks`);
  };
}

/** The sub-tasks of a task, open ones first. */
export function useSubtasks(taskId: string): TaskState[] | undefined {
  const { data } = useOperation('tasks.list', { parentId: taskId, scope: 'visible', sort: 'manual', limit: 100 });
  const shown = useShown(data?.items);
  return useMemo(() => shown?.toSorted((one, other) => Number(isDone(one)) - Number(isDone(other))), [shown]);
}

/** My open tasks of a workspace that are due today or overdue, most urgent first. */
export function useDueTasks(workspaceId: string | undefined): { before: TaskState[]; today: TaskState[] } {
  const { dayKey } = useFormats();
  const days = useDays();
  const tasks = useLive((state) => state.tasks);
  const patches = usePatches();
  return useMemo(() => {
    const open = Object.values(tasks)
      .filter((task) => task.workspaceId === workspaceId)
      .map((task) => overlaid(patches, `task:${task.id}`, task))
      .filter((task) => !isDone(task));
    const groups = new Map(groupByDue(open, days, dayKey).map(({ group, tasks: found }) => [group, found]));
    return { before: groups.get('before') ?? [], today: groups.get('today') ?? [] };
  }, [tasks, patches, workspaceId, days, dayKey]);
}

/** The number of my open tasks of a workspace that are due today or overdue. */
export function useDueCount(workspaceId: string | undefined): number {
  const { before, today } = useDueTasks(workspaceId);
  return before.length + today.length;
}

export const isDone = ({ status }: Pick<TaskState, 'status'>): boolean => status === 'completed';

/** Finds people by id: those in a query result, then those of the workspace. */
export function usePeopleNames(workspaceId: string | undefined, named: readonly User[] = []) {
  const members = useLive(({ workspaces }: ClientState) => workspaces[workspaceId ?? '']?.members);
  return useMemo(() => {
    const known = new Map(named.map((user) => [user.id, user]));
    return (userId: string): User | undefined => known.get(userId) ?? members?.[userId]?.user;
  }, [members, named]);
}

/** People of a workspace by their username. */
export function useByUsername(workspaceId: string): ReadonlyMap<string, User> {
  const members = useLive(({ workspaces }: ClientState) => workspaces[workspaceId]?.members);
  return useMemo(
    () =>
      new Map(
        Object.values(members ?? {}).flatMap(({ user }) => (user.username === null ? [] : [[user.username, user]])),
      ),
    [members],
  );
}

/** The labels of a workspace by name; none for guests and customers. */
export function useLabels(workspaceId: string): readonly Label[] {
  const labels = useLive((state) => state.labels);
  return useMemo(
    () =>
      Object.values(labels)
        .filter((label) => label.workspaceId === workspaceId)
        .sort((one, other) => one.name.localeCompare(other.name)),
    [labels, workspaceId],
  );
}

/** The people that a mention in a task's text means: people of its workspace by their username. */
export function useTaskMentions(workspaceId: string): MentionLookup {
  const byUsername = useByUsername(workspaceId);
  const myId = useLive(({ me }) => me?.id);
  return useMemo(
    () => (name) => {
      const user = byUsername.get(name.toLowerCase());
      return user && { label: user.name, isMe: user.id === myId };
    },
    [byUsername, myId],
  );
}
