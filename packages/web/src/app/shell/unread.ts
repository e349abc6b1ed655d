import type { ClientState } from '@atrium/client';
import { useLive } from '../../live/use-live.ts';

/** My unread mentions, in all conversations. */
const mentionsIn = ({ conversations }: ClientState): number =>
  Object.values(conversations).reduce((sum, { mentions }) => sum + mentions.length, 0);

/** Everything unread as one number. A mention is also a notification, unless that is turned off: it is counted once. */
const waitingIn = (state: ClientState): number => Math.max(mentionsIn(state), state.unreadNotifications);

/** Whether anything is unread. */
const hasUnread = ({ conversations, unreadNotifications }: ClientState): boolean =>
  unreadNotifications > 0 || Object.values(conversations).some(({ unread }) => unread > 0);

export const useMentionCount = (): number => useLive(mentionsIn);
export const useWaitingCount = (): number => useLive(waitingIn);
export const useHasUnread = (): boolean => useLive(hasUnread);
