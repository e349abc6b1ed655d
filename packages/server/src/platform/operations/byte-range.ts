/** A part of an object, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The requested range (RFC 9110 §14). `whole` for several ranges, other units and bad syntax, which a server may
 * ignore; `unsatisfiable` for a range that begins after the end.
 */
export function rangeOf(header: string | undefined, length: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=\s*(\d{0,16})-(\d{0,16})\s*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole';
  if (first === '') {
    const suffix = Math.min(Number(last), length);
    return suffix === 0 ? 'unsatisfiable' : { start: length - suffix, end: length - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= length) return 'unsatisfiable';
  return { start, end: last === '' ? length - 1 : Math.min(Number(last), length - 1) };
}
