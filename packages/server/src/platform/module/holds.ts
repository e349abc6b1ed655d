import type { AccessRule } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { Actor, UserActor } from './actor.ts';
import type { Implementation, Lock } from './context.ts';

/**
 * Locks the rows that an access rule decides by, before they are read: whoever takes the right away waits, or is waited
 * for. Rows are locked in the order that holds everywhere. Refuses only where the rule has no loader to do so.
 * @param how.people others whose memberships the command decides by
 */
export type AccessHold = (
  tx: Transaction,
  actor: UserActor,
  input: Record<string, unknown>,
  how: { lock: Lock; people: readonly string[] },
) => Promise<void>;

/**
 * Keeps whoever calls from losing their account, or the session or token they call with, until the transaction ends.
 * It comes after what the access rule locks in the order of locks.
 * @throws `invalid_token` when they have lost it
 */
export type CallerHold = (tx: Transaction, actor: UserActor) => Promise<void>;

/**
 * When the caller of a command is held: before the subject is loaded, or after the command where that takes its locks in
 * an order of its own; undefined: the command does it.
 */
export function whenToHoldCaller({ lock, caller }: Implementation): 'first' | 'last' | undefined {
  if (caller === 'itself') return undefined;
  return lock === 'itself' ? 'last' : 'first';
}

export type AccessHolds = { [Rule in Exclude<AccessRule, 'public'>]?: AccessHold };

function isHeld({ mode, operation, lock }: Implementation): boolean {
  return mode === 'command' && operation.access !== 'public' && lock !== 'itself';
}

/** Commands of which nothing locks what their access rule decides by: each needs a hold beside the rule's loader. */
export function commandsWithoutHold(holds: AccessHolds, implementations: Iterable<Implementation>): string[] {
  return [...implementations]
    .filter((each) => isHeld(each) && holds[each.operation.access as keyof AccessHolds] === undefined)
    .map(({ operation: { name, access } }) => `${name}: nothing locks what ${access} decides by`);
}

/** Locks what the access rule of a command decides by, unless the command sees to that itself. */
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
