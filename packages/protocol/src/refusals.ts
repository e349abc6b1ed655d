import { accessRules, type Operation, type ProblemCode, problems } from './contract.ts';
import { hasBody, isCommand } from './core/operation.ts';

/** True when a command can be retried safely with the same Idempotency-Key. */
export function takesKey(operation: Operation): boolean {
  return isCommand(operation) && operation.access !== 'public' && operation.ownKey === undefined;
}

/** Every problem code that the operation can answer with, ordered by status. */
export function problemCodesOf(operation: Operation): ProblemCode[] {
  const signedIn = operation.access !== 'public';
  const codes = new Set<ProblemCode>([
    'invalid_input',
    'rate_limited',
    'internal',
    'unavailable',
    ...accessRules[operation.access].refusals,
    ...(operation.errors ?? []),
    ...(signedIn ? (['unauthenticated', 'invalid_token', 'token_expired', 'scope_missing'] as const) : []),
    ...(signedIn && operation.unverified !== true ? (['unverified_email'] as const) : []),
    ...(isCommand(operation) ? (['origin_refused', 'storage_full'] as const) : []),
    ...(takesKey(operation) ? (['in_progress', 'idempotency_mismatch'] as const) : []),
    ...(takesKey(operation) && operation.secret === true ? (['already_done'] as const) : []),
    ...(hasBody(operation)
      ? (['invalid_json', 'timeout', 'payload_too_large', 'unsupported_media_type'] as const)
      : []),
    ...(operation.files === true ? (['timeout', 'payload_too_large', 'unsupported_media_type'] as const) : []),
  ]);
  return (Object.keys(problems) as ProblemCode[]).filter((code) => codes.has(code));
}
