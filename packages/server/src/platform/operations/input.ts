import type { InputFault, Operation } from '@atrium/protocol';
import type { z } from 'zod';
import { problem } from './problem-error.ts';

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
 * Checks the input of an operation and fills in defaults.
 * @throws `invalid_input` naming each fault: where, what, allowed
 */
export function parseInput(operation: Operation, input: unknown): Record<string, unknown> {
  const parsed = operation.input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw problem('invalid_input', { errors: parsed.error.issues.flatMap(toFaults).slice(0, FAULTS_SHOWN) });
}
