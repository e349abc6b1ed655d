import type { Listeners } from '../../platform/module/index.ts';

type AnyListener = (work: unknown, data: unknown) => Promise<void> | void;

/** Combines listeners for the same hooks: they are called one after the other, in this order. */
export function inTurn(...all: readonly Listeners[]): Listeners {
  const names = new Set(all.flatMap((each) => Object.keys(each) as (keyof Listeners)[]));
  const joined = [...names].map((name) => {
    const called = all.flatMap((each) => (each[name] as AnyListener | undefined) ?? []);
    const listener: AnyListener = async (work, data) => {
      for (const each of called) await each(work, data);
    };
    return [name, listener];
  });
  return Object.fromEntries(joined) as Listeners;
}
