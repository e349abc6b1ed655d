import type { InputFault, Operation } from '@atrium/protocol';
import type { z } from 'zod';
import { problem } from '../problem/index.ts';

const FAULTS_SHOWN = 20;

/** `['items', 0, 'name']` → `items[0].name` */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    '',
  );
}

type Issue = z.core.$ZodIssue;

function codeOf(issue: Issue): string {
  const own = issue.code === 'custom' ? issue.params?.code : undefined;
  return typeof own === 'string' ? own : issue.code;
}

function toFaults(issue: Issue): InputFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key.slice(0, 64)]),
      code: 'unknown_key',
      message: 'is not a field of this operation',
    }));
  }
  return [{ path: pathOf(issue.path), code: codeOf(issue), message: issue.message }];
}

/**
 * Zod silently ignores `__proto__`. No honest client sends it, so it is rejected at any depth; without recursion,
 * since the sender controls the depth.
 */
function reachesForPrototype(input: unknown): boolean {
  const waiting = [input];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return true;
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) waiting.push(inner);
  }
  return false;
}

/**
 * Validates the input of an operation and applies defaults.
 * @throws `invalid_input` with each fault: path, what is wrong, what is allowed
 */
export function parseInput(operation: Operation, input: unknown): Record<string, unknown> {
  return parseShape(operation.input, input ?? {});
}

/** The same for any other schema. */
export function parseShape<Shape extends z.ZodType>(shape: Shape, input: unknown): z.output<Shape> {
  if (reachesForPrototype(input)) {
    throw problem('invalid_input', {
      errors: [{ path: '__proto__', code: 'unknown_key', message: 'is not a field of any operation' }],
    });
  }
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  throw problem('invalid_input', { errors: parsed.error.issues.flatMap(toFaults).slice(0, FAULTS_SHOWN) });
}
