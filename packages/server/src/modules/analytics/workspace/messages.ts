import type { Executor } from '../../../platform/database/index.ts';
import { type Days, dayAt } from '../../../platform/days/index.ts';
import { messagesOn, sendersOn } from '../messages/count-store.ts';
import { sentSince } from '../messages/counting.ts';
import { partsOfDays } from '../messages/quarters.ts';
import type { Activity } from './active.ts';

/** Messages of a workspace on each of some days, and who sent them: what is counted, and what is not counted yet. */
export async function messagesOf(
  db: Executor,
  workspaceId: string,
  days: Days,
): Promise<{ byDay: number[]; senders: Activity[] }> {
  const byDay = days.names.map(() => 0);
  for (const { day, messages } of await messagesOn(db, workspaceId, days)) byDay[day] = messages;
  const senders: Activity[] = await sendersOn(db, workspaceId, partsOfDays(days), days.names.length);
  for (const { at, messages, senderId } of await sentSince(db, workspaceId)) {
    const day = dayAt(days, at.getTime());
    if (day < 0 || day >= days.names.length) continue;
    byDay[day] = (byDay[day] ?? 0) + messages;
    if (senderId !== null) senders.push({ userId: senderId, days: `${'0'.repeat(day)}1` });
  }
  return { byDay, senders };
}
