import type { AccessRule } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { Actor, UserActor } from './actor.ts';
import type { Implementation, Lock } from './context.ts';

/**
 * Locks the rows that an access rule depends on, before they are read: a transaction that revokes the right waits, or
 * this one waits for it. Rows are locked in the common order. Refuses only if the rule has no loader to do so.
 * @param how.people other users whose memberships the command depends on
 */
export type AccessHold = (
  tx: Transaction,
  actor: UserActor,
  input: Record<string, unknown>,
  how: { lock: Lock; people: readonly string[] },
) => Promise<void>;

/**
 * Keeps the caller's account, and the session or token of the call, valid until the transaction ends. In the lock order
 * it comes after what the access rule locks.
 * @throws `invalid_token` if it is no longer valid
 */
export type CallerHold = (tx: Transaction, actor: UserActor) => Promise<void>;

/**
 * When the caller of a command is held: before the subject is loaded, or after the command if that takes its locks in
 * another order; undefined: the command does it.
 */
export function whenToHoldCaller({ lock, caller }: Implementation): 'first' | 'last' | undefined {
  if (caller === 'itself') return undefined;
  return lock === 'itself' ? 'last' : 'first';
}

export type AccessHolds = { [Rule in Exclude<AccessRule, 'public'>]?: AccessHold };

function isHeld({ mode, operation, lock }: Implementation): boolean {
  return mode === 'command' && operation.access !== 'public' && lock !== 'itself';
}

/** Commands without a lock on what their access rule depends on: each needs a hold beside the rule's loader. */
export function commandsWithoutHold(holds: AccessHolds, implementations: Iterable<Implementation>): string[] {
  return [...implementations]
    .filter((each) => isHeld(each) && holds[each.operation.access as keyof AccessHolds] === undefined)
    .map(
      ({ operation: { name, access } }) =>
        `${name}: nothing locks what ${access} decides by; add a hold to \`holds\` of the module that loads it`,
    );
}

/** Locks what the access rule of a command depends on, unless the command does that itself. */
export async function holdSubject(
  holds: AccessHolds,
  implementation: Implementation,
  tx: Transaction,
  actor: Actor,
  input: Record<string, unknown>,
): Promise<void> {
  const { lock = 'hold', operation, people } = implementation;
  if (lock === 'itself' || actor.kind !== 'user' || !isHeld(implementation)) return;
  await holds[operation.access as keyof AccessHolds]?.(tx, actor, input, {
    lock,
    people: people?.(input as never) ?? [],
  });
}
