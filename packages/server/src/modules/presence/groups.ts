import type { Presence } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { rememberedOf, seenSince } from './store.ts';
import type { Tracker } from './tracker.ts';

/** How long people count as recently active. */
export const RECENT_MS = 15 * 60_000;

/** Users grouped by presence. */
export interface PresenceGroups {
  online: number;
  recent: number;
  offline: number;
  /** Some of those who are online or were recently, the former first. */
  people: Presence[];
}

/** What presence offers to other modules. */
export interface PresenceService {
  /** The number of people who are shown as present, on all nodes. */
  online(): number;
  /** @param most maximum number of people to return */
  groupsOf(db: Executor, userIds: readonly string[], options: { now: Date; most: number }): Promise<PresenceGroups>;
}

declare module '../../platform/module/index.ts' {
  interface Services {
    presence: PresenceService;
  }
}

export function presenceService(tracker: Pick<Tracker, 'present' | 'show'>): PresenceService {
  return {
    online: () => tracker.present().length,
    async groupsOf(db, userIds, { now, most }) {
      const present = new Set(tracker.present());
      const online = userIds.filter((id) => present.has(id));
      const away = userIds.filter((id) => !present.has(id));
      const recent = await seenSince(db, away, new Date(now.getTime() - RECENT_MS));
      const named = [...online, ...recent].slice(0, most);
      const remembered = await rememberedOf(db, named);
      return {
        online: online.length,
        recent: recent.length,
        offline: away.length - recent.length,
        people: named.map((id) => tracker.show(id, remembered.get(id))),
      };
    },
  };
}
