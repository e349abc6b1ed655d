import fc from 'fast-check';

/** Text that cannot be stored, or that has a meaning for a database, a shell or a browser. */
const nastyText = fc.constantFrom(
  'a\0b',
  '\ud800',
  'x\udc00y',
  "'; drop table account; --",
  '%00',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\u202Eevil',
  '\r\nSet-Cookie: a=b',
  '{{7*7}}',
  '$ne',
  'é'.repeat(5_000),
  'x'.repeat(20_000),
  '',
  ' ',
);

/** Numbers at all limits; `1e309` is parsed as infinity, which JSON writes as null. */
const nastyNumber = fc.constantFrom(
  -1,
  0,
  -0,
  0.5,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  1e308,
  -1e-308,
  999_999_999_999,
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Any JSON value that an operation may not expect. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  nastyNumber,
  fc.constantFrom(null, true, false, {}, []),
  fc.constantFrom(nested(20), nested(900)),
  fc.constant(Array.from({ length: 2_000 }, () => 'x')),
  fc.constant({ toString: 'x', valueOf: 1, length: 1e9 }),
  fc.uuid(),
  fc.constantFrom(
    '2026-02-30T00:00:00Z',
    '0000-00-00',
    '+275760-09-13T00:00:00.001Z',
    'not-a-uuid',
    '00000000-0000-0000-0000-00000000000g',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Prototype keys, and unknown keys. */
export const strangeKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '$ne',
  'from',
  'isAdmin',
  'a\0b',
  '',
  'k'.repeat(500),
);

/** `value` with a key that object literals would treat as the prototype. */
export function withKey(value: Record<string, unknown>, key: string, extra: unknown): Record<string, unknown> {
  return Object.defineProperty({ ...value }, key, {
    value: extra,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
