/**
 * `next`, with every part that equals the same part of `previous` replaced by that object, so that unchanged parts stay
 * the same object. Both are JSON data.
 */
export function shareEqual<Data>(previous: unknown, next: Data): Data {
  if (Array.isArray(previous) && Array.isArray(next)) return shareParts(previous, next) as Data;
  if (isRecord(previous) && isRecord(next)) return shareParts(previous, next) as Data;
  return next;
}

function shareParts(previous: object, next: object): object {
  const known = new Map<string, unknown>(Object.entries(previous));
  const parts = Object.entries(next).map(([key, value]): [string, unknown] => [key, shareEqual(known.get(key), value)]);
  const isSame =
    parts.length === known.size && parts.every(([key, value]) => known.has(key) && Object.is(known.get(key), value));
  if (isSame) return previous;
  return Array.isArray(next) ? parts.map(([, value]) => value) : Object.fromEntries(parts);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
