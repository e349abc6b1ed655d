import { useLingui } from '@lingui/react/macro';
import { BookmarkIcon, type IconType, InboxIcon, TodayIcon } from '../../ui/icons.ts';
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
  return [
    { to: '/today', label: t`Today`, icon: TodayIcon, keys: 'g t' },
    { to: '/inbox', label: t`Inbox`, icon: InboxIcon, keys: 'g i', mentions },
    { to: '/saved', label: t`Saved`, icon: BookmarkIcon },
  ];
}
