import { useLingui } from '@lingui/react/macro';
import { useDueCount } from '../../features/tasks/index.ts';
import { BookmarkIcon, ChartIcon, ClockIcon, type IconType, InboxIcon, TasksIcon, TodayIcon } from '../../ui/icons.ts';
import { useCurrentWorkspaceId } from './current-workspace.ts';
import { useMentionCount } from './unread.ts';

/** A place in the frame of the app that one can go to. */
export interface Place {
  to: string;
  label: string;
  icon: IconType;
  /** The keys that lead there. */
  keys?: string;
  /** Mentions that wait there. */
  mentions?: number;
  /** Things to do that wait there: work, which asks for nothing. */
  work?: number;
}

/** The places of the wall, in their order. Each feature that has one adds a line. */
export function usePlaces(): readonly Place[] {
  const { t } = useLingui();
  const mentions = useMentionCount();
  const workspaceId = useCurrentWorkspaceId();
  const work = useDueCount(workspaceId);
  const tasks: Place[] =
    workspaceId === undefined
      ? []
      : [
          { to: `/w/${workspaceId}/tasks`, label: t`Tasks`, icon: TasksIcon, keys: 'g k', ...(work > 0 && { work }) },
          { to: `/w/${workspaceId}/time`, label: t`Time`, icon: ClockIcon, keys: 'g m' },
        ];
  return [
    { to: '/today', label: t`Today`, icon: TodayIcon, keys: 'g t' },
    { to: '/inbox', label: t`Inbox`, icon: InboxIcon, keys: 'g i', mentions },
    ...tasks,
    { to: '/saved', label: t`Saved`, icon: BookmarkIcon },
    { to: '/you', label: t`Progress`, icon: ChartIcon },
  ];
}
