import { type ProblemError, problem } from '../problem/index.ts';

type Part = string | number;

/** Encodes the sort keys of the last item of a page as an opaque cursor. */
export function encodeCursor(parts: readonly Part[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The `invalid_input` problem for a cursor of something else. */
export function invalidCursor(of = 'list'): ProblemError {
  return problem('invalid_input', {
    errors: [{ path: 'cursor', code: 'invalid_cursor', message: `is not a cursor of this ${of}` }],
  });
}

/**
 * Decodes a cursor made by encodeCursor.
 * @param types the expected type of each part
 * @throws `invalid_input` for anything else
 */
export function decodeCursor<const Types extends readonly ('string' | 'number')[]>(
  cursor: string,
  types: Types,
): { [Index in keyof Types]: Types[Index] extends 'string' ? string : number } {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== types.length || parts.some((part, at) => typeof part !== types[at])) {
    throw invalidCursor();
  }
  return parts as { [Index in keyof Types]: Types[Index] extends 'string' ? string : number };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** True for an instant in the form of cursors: ISO 8601 in UTC, of an existing day that PostgreSQL can store. */
export function isCursorInstant(text: string): boolean {
  if (!/^(?!0000)\d{4}-/.test(text)) return false;
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}
