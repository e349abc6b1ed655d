import type { ClientState } from '@atrium/client';
import { useLive } from '../../live/use-live.ts';

/** Mentions of me that I have not read, in all conversations. */
const mentionsIn = ({ conversations }: ClientState): number =>
  Object.values(conversations).reduce((sum, { mentions }) => sum + mentions.length, 0);

/** What waits for me as one number. A mention is a notification too, unless one has turned that off: not counted twice. */
const waitingIn = (state: ClientState): number => Math.max(mentionsIn(state), state.unreadNotifications);

/** Whether anything is unread. */
const hasUnread = ({ conversations, unreadNotifications }: ClientState): boolean =>
  unreadNotifications > 0 || Object.values(conversations).some(({ unread }) => unread > 0);

export const useMentionCount = (): number => useLive(mentionsIn);
export const useWaitingCount = (): number => useLive(waitingIn);
export const useHasUnread = (): boolean => useLive(hasUnread);
