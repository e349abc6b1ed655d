import { type Presence, presences } from '@atrium/protocol';
import {
  cutPage,
  direct,
  type Implementation,
  idPage,
  problem,
  read,
  type Transact,
} from '../../platform/module/index.ts';
import { holdCaller } from '../identity/index.ts';
import { seenBy } from '../workspaces/index.ts';
import { RECENT_MS } from './groups.ts';
import type { ChosenStatus } from './machine.ts';
import { countPeople, peoplePage, rememberedOf, saveChosen } from './store.ts';
import type { Tracker } from './tracker.ts';

/** Maximum duration of a chosen status. */
const LONGEST_MS = 31 * 86_400_000;

function groupOf(presence: Presence, now: Date): 'online' | 'recent' | 'offline' {
  if (presence.status !== 'offline') return 'online';
  const seen = presence.lastSeen === null ? 0 : Date.parse(presence.lastSeen);
  return seen > now.getTime() - RECENT_MS ? 'recent' : 'offline';
}

/** When a chosen status expires. @throws `invalid_input` for a time that is past or too far, and for `online` */
function endOf({ status, until }: { status: ChosenStatus; until?: string | undefined }, now: Date): Date | null {
  if (until === undefined) return null;
  const end = new Date(until);
  const inMs = end.getTime() - now.getTime();
  if (status !== 'online' && inMs > 0 && inMs <= LONGEST_MS) return end;
  const message = status === 'online' ? 'being available does not end by itself' : 'is to be within the next 31 days';
  throw problem('invalid_input', { errors: [{ path: 'until', code: 'out_of_range', message }] });
}

/** Reads and sets presence. */
export function presenceOperations(
  tracker: Pick<Tracker, 'show' | 'chose' | 'present'>,
  transact: Transact,
): Implementation[] {
  return [
    read(presences.get, async ({ db, subject }) => {
      const remembered = await rememberedOf(db, [subject.id]);
      return tracker.show(subject.id, remembered.get(subject.id));
    }),

    read(presences.list, async ({ db, actor, input }) => {
      const userIds = await seenBy(db, actor.userId, [...new Set(input.userIds)]);
      const remembered = await rememberedOf(db, userIds);
      return { items: userIds.map((userId) => tracker.show(userId, remembered.get(userId))), nextCursor: null };
    }),

    // Others are told after the commit, without a durable event.
    direct(presences.set, async ({ db, actor, input, now }) => {
      const until = endOf(input, now);
      await transact({ actorId: actor.userId }, async ({ tx }) => {
        await holdCaller(tx, actor);
        await saveChosen(tx, actor.userId, input.status, until);
      });
      tracker.chose(actor.userId, input.status, until);
      const remembered = await rememberedOf(db, [actor.userId]);
      return tracker.show(actor.userId, remembered.get(actor.userId));
    }),

    read(presences.overview, async ({ db, input, now }) => {
      const page = idPage(input);
      const { rows, nextCursor } = cutPage(await peoplePage(db, page), page, (row) => row.userId);
      const online = tracker.present();
      const counts = await countPeople(db, { seenAfter: new Date(now.getTime() - RECENT_MS), except: online });
      return {
        items: rows.map(({ userId, name, ...remembered }) => {
          const shown = tracker.show(userId, remembered);
          return { ...shown, name, group: groupOf(shown, now) };
        }),
        nextCursor,
        online: online.length,
        recent: counts.recent,
        offline: Math.max(0, counts.all - online.length - counts.recent),
      };
    }),
  ];
}
