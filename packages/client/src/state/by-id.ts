/** Objects by id. */
export type ById<Thing> = Readonly<Record<string, Thing>>;

/** Indexes objects by id. */
export function byId<Thing>(things: readonly Thing[], idOf: (thing: Thing) => string): ById<Thing> {
  return Object.fromEntries(things.map((thing) => [idOf(thing), thing]));
}

/** A copy without one id; the same object if it was not there. */
export function without<Thing>(things: ById<Thing>, id: string): ById<Thing> {
  if (!(id in things)) return things;
  // Much faster than a rest pattern.
  const rest = { ...things };
  delete rest[id];
  return rest;
}

/** A copy without the objects that fail a test; the same object if all pass. */
export function filterById<Thing>(things: ById<Thing>, keep: (thing: Thing, id: string) => boolean): ById<Thing> {
  const entries = Object.entries(things);
  const kept = entries.filter(([id, thing]) => keep(thing, id));
  return kept.length === entries.length ? things : Object.fromEntries(kept);
}

/** A copy with some fields changed; the same object if nothing changes. */
export function patch<Thing extends object>(thing: Thing, change: Partial<Thing>): Thing {
  const keys = Object.keys(change) as (keyof Thing)[];
  return keys.every((key) => Object.is(thing[key], change[key])) ? thing : { ...thing, ...change };
}

/** A copy with one object changed; the same object if it is not there or does not change. */
export function patchById<Thing extends object>(
  things: ById<Thing>,
  id: string,
  change: (thing: Thing) => Partial<Thing>,
): ById<Thing> {
  const thing = things[id];
  if (thing === undefined) return things;
  const changed = patch(thing, change(thing));
  return changed === thing ? things : { ...things, [id]: changed };
}
