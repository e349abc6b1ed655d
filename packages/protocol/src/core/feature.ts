import type { z } from 'zod';
import type { AccessRuleSpec } from './access.ts';
import type { EndpointSpec } from './endpoint.ts';
import type { EventSpec } from './event.ts';
import type { LimitClass, ThingLimit } from './limits.ts';
import type { NamedOperation } from './operation.ts';
import type { ProblemSpec } from './problem.ts';

/** Operations on one kind of object, grouped in the SDK and the documents. */
export interface GroupSpec {
  title: string;
  /** One or two sentences: what the operations are about. */
  description: string;
  operations: Readonly<Record<string, NamedOperation>>;
}

/** Everything that one feature adds to the contract. */
export interface FeatureSpec {
  /** By the name in the SDK: `api.<group>.<verb>`. */
  groups: Readonly<Record<string, GroupSpec>>;
  /** Endpoints that are not operations, by name. */
  endpoints: Readonly<Record<string, EndpointSpec>>;
  /** Live events by type. */
  events: Readonly<Record<string, EventSpec>>;
  /** Access rules by name; each has a loader in the feature's module of the server. */
  access: Readonly<Record<string, AccessRuleSpec>>;
  /** Problem codes that the feature raises. */
  problems: Readonly<Record<string, ProblemSpec>>;
  limits: Readonly<Record<string, LimitClass>>;
  thingLimits: Readonly<Record<string, ThingLimit>>;
  sizes: Readonly<Record<string, number>>;
  /** The kinds of stream that the feature owns. */
  streams: readonly string[];
  /** The feature's parts of a snapshot, by key. */
  snapshot: Readonly<Record<string, z.ZodType>>;
}

/** Keeps the exact types of a feature. */
export function feature<const Spec extends Partial<FeatureSpec>>(spec: Spec): Spec {
  return spec;
}

type RecordKey = Exclude<keyof FeatureSpec, 'streams'>;
type Features = readonly Partial<FeatureSpec>[];

type Part<Feature, Key extends RecordKey> = Feature extends Readonly<Record<Key, infer Value>> ? Value : unknown;
type Parts<List extends Features, Key extends RecordKey> = List extends readonly [
  infer First,
  ...infer Rest extends Features,
]
  ? Part<First, Key> & Parts<Rest, Key>
  : unknown;

/** The record of everything that the features of a list declare under one key. */
export type Merged<List extends Features, Key extends RecordKey> = {
  [Name in keyof Parts<List, Key>]: Parts<List, Key>[Name];
};

/**
 * Merges what all features declare under one key, in their order.
 * @throws Error if two features declare the same name
 */
export function merge<const List extends Features, Key extends RecordKey>(features: List, key: Key): Merged<List, Key> {
  const merged: Record<string, unknown> = {};
  for (const part of features) {
    for (const [name, value] of Object.entries(part[key] ?? {})) {
      if (Object.hasOwn(merged, name)) throw new Error(`Two features declare ${key}.${name}`);
      merged[name] = value;
    }
  }
  return merged as Merged<List, Key>;
}
