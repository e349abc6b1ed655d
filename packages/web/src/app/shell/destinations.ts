import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { productsAddress } from '../../features/catalog/index.ts';
import { useUnreadNotifications } from '../../features/notifications/index.ts';
import { deskAddress, ordersAddress } from '../../features/orders/index.ts';
import { useDueCount } from '../../features/tasks/index.ts';
import { useWorkspaceCan } from '../../features/workspaces/index.ts';
import { useLive } from '../../live/use-live.ts';
import {
  BellIcon,
  BookmarkIcon,
  ChartIcon,
  ClockIcon,
  DeskIcon,
  FileIcon,
  type IconType,
  InboxIcon,
  PackageIcon,
  ShopIcon,
  TasksIcon,
  TodayIcon,
} from '../../ui/icons.ts';
import { useCurrentWorkspaceId } from './current-workspace.ts';
import { useMentionCount } from './unread.ts';

/** A destination in the frame of the app. */
export interface Destination {
  to: string;
  label: string;
  icon: IconType;
  /** The shortcut that leads there. */
  keys?: string;
  /** What is waiting for the user there: mentions or notifications. */
  count?: { of: number; label: string };
  /** Another destination is below its URL, so only the URL itself matches. */
  exact?: true;
  /** Work that is waiting there, which does not concern the user personally. */
  work?: number;
}

/** The destinations of the sidebar, in order. Each feature that has one adds a line. */
export function useDestinations(): readonly Destination[] {
  const { t } = useLingui();
  const mentions = useMentionCount();
  const unread = useUnreadNotifications();
  const workspaceId = useCurrentWorkspaceId();
  const work = useDueCount(workspaceId);
  const tasks: Destination[] =
    workspaceId === undefined
      ? []
      : [
          { to: `/w/${workspaceId}/tasks`, label: t`Tasks`, icon: TasksIcon, keys: 'g k', ...(work > 0 && { work }) },
          { to: `/w/${workspaceId}/time`, label: t`Time`, icon: ClockIcon, keys: 'g m' },
          { to: `/w/${workspaceId}/files`, label: t`Files`, icon: FileIcon, keys: 'g f' },
        ];
  const can = useWorkspaceCan(workspaceId);
  const products: Destination[] =
    workspaceId !== undefined && can?.update
      ? [{ to: productsAddress(workspaceId), label: t`Products`, icon: PackageIcon }]
      : [];
  const pending = useLive(({ desks }) => desks[workspaceId ?? '']?.counts.pending);
  const desk: Destination[] =
    workspaceId !== undefined && pending !== undefined
      ? [
          {
            to: deskAddress(workspaceId),
            exact: true,
            label: t`Desk`,
            icon: DeskIcon,
            keys: 'g d',
            ...(pending > 0 && { work: pending }),
          },
        ]
      : [];
  const hasOrders = useLive(({ myOrders }) => Object.keys(myOrders).length > 0);
  return [
    { to: '/today', label: t`Today`, icon: TodayIcon, keys: 'g t' },
    {
      to: '/inbox',
      exact: true,
      label: t`Inbox`,
      icon: InboxIcon,
      keys: 'g i',
      count: { of: mentions, label: plural(mentions, { one: '# mention', other: '# mentions' }) },
    },
    {
      to: '/inbox/notifications',
      label: t`Notifications`,
      icon: BellIcon,
      keys: 'g n',
      count: { of: unread, label: plural(unread, { one: '# unread notification', other: '# unread notifications' }) },
    },
    ...tasks,
    ...desk,
    ...products,
    ...(hasOrders ? [{ to: ordersAddress, label: t`My orders`, icon: ShopIcon }] : []),
    { to: '/saved', label: t`Saved`, icon: BookmarkIcon },
    { to: '/you', label: t`Progress`, icon: ChartIcon, keys: 'g y' },
  ];
}

/** Whether a URL belongs to a destination. Pure. */
export function isAt({ to, exact }: Destination, pathname: string): boolean {
  return pathname === to || (!exact && pathname.startsWith(`${to}/`));
}
