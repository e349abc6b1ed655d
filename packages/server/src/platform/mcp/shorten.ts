/** Maximum characters of one response: about 10,000 tokens, of which a model can hold a few dozen. */
export const MOST_CHARACTERS = 40_000;
/** Maximum number of truncated places that are named. */
const MOST_PARENTS = 10;

/** A response that fits, and a sentence about what was truncated. */
export interface Shortened {
  /** JSON, unless nothing of it could be kept whole. */
  text: string;
  /** What was truncated and how to read the rest; undefined if nothing was. */
  note: string | undefined;
}

interface Bounds {
  items: number;
  characters: number;
}

interface Cut {
  path: string;
  shown: number;
  of: number;
  unit: 'items' | 'characters';
}

/**
 * Truncates the JSON of a response: long texts lose their ends, long lists their last items.
 * @param canLimit whether the call has the argument `limit`
 */
export function shorten(data: Record<string, unknown>, canLimit: boolean): Shortened {
  const whole = JSON.stringify(data);
  if (whole.length <= MOST_CHARACTERS) return { text: whole, note: undefined };
  for (let bounds = { items: 200, characters: 8_192 }; bounds.items > 1; bounds = half(bounds)) {
    const cuts: Cut[] = [];
    const kept = cut(data, bounds, '', cuts) as Record<string, unknown>;
    const skips = cuts.some(({ path }) => path === 'items') && 'nextCursor' in kept;
    // It is after the last item of the page, which is not shown.
    if (skips) delete kept.nextCursor;
    const text = JSON.stringify(kept);
    if (text.length <= MOST_CHARACTERS) return { text, note: noteOf(cuts, canLimit, skips) };
  }
  const note = `The answer has ${whole.length} characters and is cut after ${MOST_CHARACTERS}. Ask for less.`;
  return { text: whole.slice(0, MOST_CHARACTERS), note };
}

const half = ({ items, characters }: Bounds): Bounds => ({ items: items >> 1, characters: characters >> 1 });

function cut(value: unknown, bounds: Bounds, path: string, cuts: Cut[]): unknown {
  if (typeof value === 'string') {
    if (value.length <= bounds.characters) return value;
    cuts.push({ path, shown: bounds.characters, of: value.length, unit: 'characters' });
    return `${value.slice(0, bounds.characters)}…`;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  // The response itself is not a list: it has few fields, and all of them are kept.
  const shown = path === '' ? entries : entries.slice(0, bounds.items);
  if (shown.length < entries.length) cuts.push({ path, shown: shown.length, of: entries.length, unit: 'items' });
  const kept = shown.map(([key, each]): [string, unknown] => [key, cut(each, bounds, at(key), cuts)]);
  return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

function noteOf(cuts: readonly Cut[], canLimit: boolean, skips: boolean): string {
  const named = cuts.slice(0, MOST_PARENTS).map(({ path, shown, of, unit }) => `${path}: ${shown} of ${of} ${unit}`);
  const more = cuts.length > MOST_PARENTS ? `; and ${cuts.length - MOST_PARENTS} more` : '';
  const list = cuts.find(({ path }) => path === 'items');
  const page = list === undefined ? 'with a smaller "limit"' : `with "limit": ${list.shown}`;
  return [
    `Cut to ${MOST_CHARACTERS} characters. Shown are ${named.join('; ')}${more}.`,
    ...(skips ? ['nextCursor is left out: it would skip what is not shown.'] : []),
    canLimit ? `Call again ${page} and page on from there.` : 'Narrow the call, or read one thing by its id.',
  ].join(' ');
}
