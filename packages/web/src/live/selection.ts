/** What a selector found, and the parts of the state that it read for it. */
export interface Selection<State extends object, T> {
  readonly state: State;
  readonly select: (state: State) => T;
  readonly parts: readonly (keyof State)[];
  readonly value: T;
}

/** Whether the state has other parts, but none that the selector read. */
const isUnaffected = <State extends object, T>({ parts, state }: Selection<State, T>, next: State) =>
  parts.every((part) => Object.is(state[part], next[part]));

/**
 * Runs a selector on an immutable state, unless the result is known: most events change one part of the state, and a
 * page has hundreds of selectors, each of which reads few.
 * @param known the last result, also of another selector
 * @param same whether two results are equal; then the older one stays
 */
export function selectFrom<State extends object, T>(
  state: State,
  select: (state: State) => T,
  same: (a: T, b: T) => boolean,
  known?: Selection<State, T>,
): Selection<State, T> {
  if (known?.select === select && isUnaffected(known, state)) return { ...known, state };
  const parts = new Set<keyof State>();
  const note = (part: string | symbol) => parts.add(part as keyof State);
  const noting = new Proxy(state, {
    get(target, part) {
      note(part);
      return Reflect.get(target, part);
    },
    has(target, part) {
      note(part);
      return Reflect.has(target, part);
    },
  });
  const found = select(noting);
  // It would never change.
  if (Object.is(found, noting)) throw new Error('A selector returned the whole state.');
  const value = known && same(known.value, found) ? known.value : found;
  return { state, select, parts: [...parts], value };
}
