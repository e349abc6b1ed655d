import type { ClientState, LiveConversation } from '@atrium/client';

/** A conversation in which something waits for me. */
export interface Waiting {
  conversation: LiveConversation;
  /** Positions that mention me. */
  mentions: number;
  unread: number;
}

/**
 * What waits for me: mentions and direct messages first, then whatever else is unread, the latest first. Pure.
 * @param workspaceId only of this workspace; undefined: of all
 */
export function waitingIn(
  { conversations }: Pick<ClientState, 'conversations'>,
  workspaceId: string | undefined,
): Waiting[] {
  const mine = Object.values(conversations).filter(
    (each) => each.unread > 0 && (workspaceId === undefined || each.workspaceId === workspaceId),
  );
  const rank = ({ mentions, kind }: LiveConversation) => (mentions.length > 0 || kind === 'direct' ? 0 : 1);
  return mine
    .sort((a, b) => rank(a) - rank(b) || (b.lastMessage?.createdAt ?? '').localeCompare(a.lastMessage?.createdAt ?? ''))
    .map((conversation) => ({ conversation, mentions: conversation.mentions.length, unread: conversation.unread }));
}

/** The part of the day in the person's zone, for a greeting. Pure. */
export function partOfDay(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** The hour on a clock in a zone. Pure. */
export function hourIn(timeZone: string, now: number): number {
  return Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now));
}
