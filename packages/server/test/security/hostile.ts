import type { Operation } from '@atrium/protocol';
import { z } from 'zod';
import { fittingInput, type KnownIds } from '../bad-input/inputs.ts';

/** Text with a meaning in a statement, a pattern or a query of another language. */
const INJECTIONS = [
  "' or 1=1 --",
  "'); select pg_sleep(3); --",
  "$$; drop table account; $$ || '",
  '" or "a"="a',
  '%',
  '_%_',
  '\\',
  "x\\' or true or \\'",
  "a & b | !c <-> d:* ('",
  ':*&!',
  '$[*] ? (@.x like_regex "(a+)+$")',
  '{"$ne": null}',
  '((a+)+)+$',
  '/topic $1',
];

/** Forged positions in a list, as from `encodeCursor`. */
const CURSORS = [
  ["' or 1=1 --"],
  [0, "' or 1=1 --"],
  [Number.MAX_VALUE, '%'],
  [-1, '_'],
  [{ $gt: '' }],
  ['0', 0, 0],
  [],
];

/** Text of maximum length on which a backtracking expression never ends. */
const exhausting = (length: number) => [
  `${'a'.repeat(length - 1)}!`,
  '<'.repeat(length),
  '@'.repeat(length),
  '"'.repeat(length),
  '('.repeat(length),
  'a:'.repeat(length / 2),
  `/${' '.repeat(length - 1)}`,
  'https://'.repeat(length / 8),
];

/** Longer ones add nothing. */
const MOST = 8_000;
const DEFAULT_LENGTH = 256;

interface Shape {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  maxLength?: number;
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
}

function shapeOf(operation: Operation): Shape {
  return z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Shape;
}

/** Every text for a key: as the value, as one of several, or nested. */
function texts(key: string, shape: Shape): unknown[] {
  if (shape.anyOf) return shape.anyOf.flatMap((each) => texts(key, each));
  if (shape.items) return texts(key, shape.items).map((value) => [value]);
  if (shape.properties) {
    return Object.entries(shape.properties).flatMap(([name, inner]) =>
      texts(name, inner).map((value) => ({ [name]: value })),
    );
  }
  if (shape.type !== 'string' || shape.enum) return [];
  if (key === 'cursor') {
    return [...INJECTIONS, ...CURSORS.map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))];
  }
  // For ids and times a few are enough: none of them is parsed further.
  if (shape.format !== undefined && shape.format !== 'email') return INJECTIONS.slice(0, 5);
  const length = Math.min(MOST, shape.maxLength ?? DEFAULT_LENGTH);
  return length < 8 ? INJECTIONS.slice(0, 5) : [...INJECTIONS, ...exhausting(length)];
}

/** Inputs with one hostile key and otherwise valid required ones. */
export function hostileInputs(operation: Operation, known: KnownIds): Record<string, unknown>[] {
  const { properties = {}, required = [] } = shapeOf(operation);
  const fitting = fittingInput(operation, known);
  const needed = Object.fromEntries(Object.entries(fitting).filter(([key]) => required.includes(key)));
  return Object.entries(properties).flatMap(([key, shape]) =>
    texts(key, shape).map((value) => ({ ...needed, [key]: value })),
  );
}

/** Inputs in the language of document databases, none of which may be accepted. */
export function operatorInputs(operation: Operation, known: KnownIds): Record<string, unknown>[] {
  const { properties = {}, required = [] } = shapeOf(operation);
  const fitting = fittingInput(operation, known);
  const needed = Object.fromEntries(Object.entries(fitting).filter(([key]) => required.includes(key)));
  const operators = [{ $ne: null }, { $regex: '.*' }, { $where: 'sleep(1000)' }];
  return [
    { ...needed, $where: '1' },
    ...Object.keys(properties).flatMap((key) => operators.map((value) => ({ ...needed, [key]: value }))),
  ];
}
