/** People whose days are remembered. */
const MOST = 1_000;

/** The days on which people completed something, as long as they hold. */
export interface RememberedDays {
  /** @param stamp of the days as they are now @param load reads them when they are not remembered */
  get(userId: string, stamp: string, load: () => Promise<readonly number[]>): Promise<readonly number[]>;
}

/** Remembers the days of those who asked last. A stamp tells whether they still hold, so that they are never stale. */
export function rememberDays(): RememberedDays {
  const known = new Map<string, { stamp: string; days: readonly number[] }>();
  return {
    async get(userId, stamp, load) {
      const found = known.get(userId);
      const days = found?.stamp === stamp ? found.days : await load();
      known.delete(userId);
      known.set(userId, { stamp, days });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return days;
    },
  };
}
