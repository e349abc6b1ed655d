import type { NotificationType } from '@atrium/protocol';
import {
  BellIcon,
  ClockIcon,
  type IconType,
  InfoIcon,
  MentionIcon,
  MessageIcon,
  PackageIcon,
  ShopIcon,
  TasksIcon,
  WarningIcon,
} from '../../../ui/icons.ts';

/** The sign of each type. */
export const TYPE_ICONS: Readonly<Record<NotificationType, IconType>> = {
  mention: MentionIcon,
  message: MessageIcon,
  task: TasksIcon,
  upcoming: ClockIcon,
  overdue: WarningIcon,
  reminder: BellIcon,
  order: ShopIcon,
  product: PackageIcon,
  general: InfoIcon,
};
