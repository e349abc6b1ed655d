import {
  type AccessRule,
  type AccessRuleSpec,
  accessRules,
  isOpen,
  type OpenRule,
  type Operation,
} from '@atrium/protocol';
import type { Executor } from '../database/index.ts';
import { problem } from '../problem/index.ts';
import type { Actor, UserActor } from './actor.ts';

/**
 * The `subject` that each access rule loads for the operation. Modules add theirs by declaration merging beside the
 * loader.
 */
export interface AccessSubjects {
  public: undefined;
  user: undefined;
  'instance:admin': undefined;
}

export type SubjectOf<Rule> = Rule extends keyof AccessSubjects ? AccessSubjects[Rule] : never;

/**
 * Loads the subject of an access rule and decides.
 * @throws `not_found` if the actor may not know that it exists, `forbidden` if they may see it but not do this
 * @param db the transaction of a command, or the pool of a read
 * @param input the parsed input of the operation; the rule's `subject` names the key that the loader reads
 */
export type AccessLoader<Rule extends AccessRule> = (
  db: Executor,
  actor: Rule extends OpenRule ? Actor : UserActor,
  input: Record<string, unknown>,
) => Promise<SubjectOf<Rule>>;

export type AccessLoaders = {
  [Rule in Exclude<AccessRule, 'public' | 'user' | 'instance:admin'>]?: AccessLoader<Rule>;
};

const rules: [string, AccessRuleSpec][] = Object.entries(accessRules);

/**
 * Merges the loaders of all modules.
 * @throws Error that names the access rules without a loader, or with two
 */
export function completeLoaders(parts: readonly (AccessLoaders | undefined)[]): AccessLoaders {
  const given = parts.flatMap((part) => Object.keys(part ?? {}));
  const faults = rules.flatMap(([rule, { subject }]) => {
    const loaders = given.filter((name) => name === rule).length;
    if (loaders === (subject === null ? 0 : 1)) return [];
    return [`the access rule ${rule} has ${loaders === 0 ? 'no loader' : `${loaders} loaders`}`];
  });
  if (faults.length > 0) {
    const where = 'Each rule has one loader, in `access` of a module that is listed in packages/server/src/modules.ts.';
    throw new Error(`${faults.join('; ')}. ${where}`);
  }
  return Object.assign({}, ...parts);
}

/** Loads and checks the subject of an operation's access rule. */
export async function loadSubject(
  loaders: AccessLoaders,
  operation: Operation,
  db: Executor,
  actor: Actor,
  input: Record<string, unknown>,
): Promise<unknown> {
  if (accessRules[operation.access].subject === null) return undefined;
  const rule = operation.access as keyof AccessLoaders;
  const loader = loaders[rule] as AccessLoader<OpenRule> | undefined;
  // An unknown rule denies.
  if (loader === undefined || (actor.kind !== 'user' && !isOpen(operation))) throw problem('not_found');
  return loader(db, actor, input);
}
