import { expect, test } from 'vitest';
import { placeOf } from './span.ts';

const requestId = '01987a00-0000-4000-8000-0123456789ab';
const own = { traceId: '01987a000000400080000123456789ab', spanId: '80000123456789ab' };
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';
const given = { traceId: trace, spanId: own.spanId, parentSpanId: parent };

test.each([
  [undefined, own],
  ['', own],
  ['nonsense', own],
  [`00-${trace}-${parent}-01`, given],
  [` 00-${trace}-${parent}-03 `, given],
  // A later version may have more fields.
  [`01-${trace}-${parent}-01-more`, given],
  [`00-${trace}-${parent}-00`, undefined],
  [`ff-${trace}-${parent}-01`, own],
  [`00-${'0'.repeat(32)}-${parent}-01`, own],
  [`00-${trace}-${'0'.repeat(16)}-01`, own],
  [`00-${trace.toUpperCase()}-${parent}-01`, own],
])('a request with the traceparent %j', (traceparent, place) => {
  expect(placeOf({ requestId, traceparent })).toEqual(place);
});
