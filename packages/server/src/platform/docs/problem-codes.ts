import { type AccessRule, hasBody, isCommand, type Operation, type ProblemCode, problems } from '@atrium/protocol';

/** What each access rule can answer beyond the question of who is calling. */
const REFUSALS: Readonly<Record<AccessRule, readonly ProblemCode[]>> = {
  public: [],
  user: [],
  'instance:admin': ['forbidden'],
  'user:acquainted': ['not_found'],
  'workspace:member': ['not_found'],
  'workspace:admin': ['not_found', 'forbidden'],
  'workspace:owner': ['not_found', 'forbidden'],
  'conversation:reader': ['not_found'],
  'conversation:member': ['not_found', 'forbidden'],
  'conversation:manager': ['not_found', 'forbidden'],
  'conversation:exporter': ['not_found', 'forbidden'],
  'message:reader': ['not_found'],
  'message:member': ['not_found', 'forbidden'],
};

/** True when the input itself says which intent it is, so that the command knows its repetition. */
export function hasOwnKey({ input }: Pick<Operation, 'input'>): boolean {
  return Object.hasOwn(input.shape, 'clientMessageId');
}

/** True when a command may be repeated safely under the same Idempotency-Key. */
export function takesKey(operation: Operation): boolean {
  return isCommand(operation) && operation.access !== 'public' && operation.secret !== true && !hasOwnKey(operation);
}

/** Every refusal that a caller of this operation has to expect, in the order of the contract's list. */
export function problemCodes(operation: Operation): ProblemCode[] {
  const signedIn = operation.access !== 'public';
  const codes = new Set<ProblemCode>([
    'invalid_input',
    'rate_limited',
    'internal',
    'unavailable',
    ...REFUSALS[operation.access],
    ...(operation.errors ?? []),
    ...(signedIn ? (['unauthenticated', 'invalid_token', 'token_expired', 'scope_missing'] as const) : []),
    ...(signedIn && operation.unverified !== true ? (['unverified_email'] as const) : []),
    ...(isCommand(operation) ? (['origin_refused', 'storage_full'] as const) : []),
    ...(takesKey(operation) ? (['in_progress', 'idempotency_mismatch'] as const) : []),
    ...(hasBody(operation)
      ? (['invalid_json', 'timeout', 'payload_too_large', 'unsupported_media_type'] as const)
      : []),
  ]);
  return (Object.keys(problems) as ProblemCode[]).filter((code) => codes.has(code));
}
