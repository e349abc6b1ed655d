import type { z } from 'zod';
import type { AccessRuleSpec } from './core/access.ts';
import type { DataOf, EventSpec } from './core/event.ts';
import { type Merged, merge } from './core/feature.ts';
import type { InputOf, OperationSpec, OutputOf } from './core/operation.ts';
import type { ProblemSpec } from './core/problem.ts';
import type { UnknownInAccess, UnknownInEvents, UnknownInGroups } from './core/unknown-names.ts';
import { features } from './features.ts';
import { type StreamKind, streamsFeature } from './streams/index.ts';

const all = [...features, streamsFeature] as const;
type All = typeof all;

/** Every group of operations. */
export const groups = merge(all, 'groups');
type Groups = typeof groups;

/** Every endpoint that is not an operation, by name. */
export const endpoints = merge(all, 'endpoints');

/** Every access rule by name. */
export const accessRules = merge(all, 'access');
export type AccessRule = keyof Merged<All, 'access'>;
/** Access rules that callers without a session can pass. */
export type OpenRule = {
  [Rule in AccessRule]: (typeof accessRules)[Rule] extends { signedOut: true } ? Rule : never;
}[AccessRule];

/** True when an operation can be called without signing in; its rule may still refuse. */
export function isOpen({ access }: { access: AccessRule }): boolean {
  const rule: AccessRuleSpec = accessRules[access];
  return access === 'public' || rule.signedOut === true;
}

/** Every limit class by name. */
export const limits = merge(all, 'limits');
export type LimitName = keyof typeof limits;
/** Limit classes that count by a key that the operation chooses. */
export type KeyedLimitName = {
  [Name in LimitName]: (typeof limits)[Name]['per'] extends 'key' ? Name : never;
}[LimitName];

/** Every rate limit on objects by name. */
export const thingLimits = merge(all, 'thingLimits');
export type ThingLimitName = keyof typeof thingLimits;

/** Sizes that server and clients agree on. */
export const sizes = merge(all, 'sizes');

/**
 * Every problem, ordered by status. Clients branch on the code. The title is the same for every occurrence; `detail`
 * may vary.
 */
export const problems = byStatus(merge(all, 'problems'));
/** The stable code of a problem. */
export type ProblemCode = keyof typeof problems;

function byStatus<Problems extends Record<string, ProblemSpec>>(unordered: Problems): Problems {
  return Object.fromEntries(
    Object.entries(unordered).toSorted(([, a], [, b]) => a.status - b.status),
  ) as unknown as Problems;
}

/** Every live event by type. */
export const events = merge(all, 'events');
export type Events = typeof events;
export type EventType = keyof Events;

/** An operation of the product, callable over REST and over the socket. */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject>
  extends OperationSpec<Input, Output> {
  /** `group.verb`, as in `messages.send`; also the path of the method in the SDK. */
  name: string;
  access: AccessRule;
  limit: LimitName;
  errors?: readonly ProblemCode[];
}

interface Known {
  access: AccessRule;
  limit: LimitName;
  problem: ProblemCode;
  stream: StreamKind;
}
type Unknown =
  | UnknownInGroups<Known, Groups>
  | UnknownInEvents<Known, Events>
  | UnknownInAccess<Known, typeof accessRules>;
/** Does not compile if an access rule, limit class, problem code or stream is used that no feature declares. */
type Nothing<Value extends never> = Value;

/** Every operation of Atrium by group and verb. */
export type Contract = { [Name in keyof Groups]: Groups[Name]['operations'] };
export const contract = Object.fromEntries(
  Object.entries(groups).map(([name, { operations: verbs }]) => [name, verbs]),
) as unknown as Contract;

/** Every operation as a list. */
export const operations: readonly Operation[] = Object.values(contract).flatMap(
  (group) => Object.values(group) as Operation[],
) satisfies readonly Operation[] | Nothing<Unknown>;

/** The data of each live event. */
export type EventData = { [Type in EventType]: DataOf<Events[Type]> };

/** Types of events that have a position in a stream. */
export type DurableType = { [Type in EventType]: Events[Type]['on'] extends 'volatile' ? never : Type }[EventType];

/** True when events of this type have a position in a stream. */
export function isDurable(type: EventType): boolean {
  const spec: EventSpec = events[type];
  return spec.on !== 'volatile';
}

/** The contract as methods: `api.messages.send(input)`. */
export type Api<Options = never> = {
  [Group in keyof Contract]: {
    [Verb in keyof Contract[Group]]: Contract[Group][Verb] extends OperationSpec
      ? (input: InputOf<Contract[Group][Verb]>, options?: Options) => Promise<OutputOf<Contract[Group][Verb]>>
      : never;
  };
};
