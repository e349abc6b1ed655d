import type { ClientState } from '@atrium/client';
import { useLive } from '../../live/use-live.ts';

/** Mentions of me that I have not read, in all conversations. */
const mentionsIn = ({ conversations }: ClientState): number =>
  Object.values(conversations).reduce((sum, { mentions }) => sum + mentions.length, 0);

/** Whether anything is unread. */
const hasUnread = ({ conversations }: ClientState): boolean =>
  Object.values(conversations).some(({ unread }) => unread > 0);

export const useMentionCount = (): number => useLive(mentionsIn);
export const useHasUnread = (): boolean => useLive(hasUnread);
