import type { z } from 'zod';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the author of an operation writes down; the contract adds the name. */
export interface OperationSpec<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** Its title in lists: at most 60 characters, no full stop. */
  summary: string;
  /** What else is to be known of it, in whole sentences. */
  description?: string;
  method: Method;
  /** Below /api/v1; `:key` segments are keys of the input. */
  path: string;
  /** A second address of the same operation. */
  alias?: string;
  /** The socket event that calls it, beside the general `op`. */
  event?: string;
  /** The rule that decides who may call it: one of those that the features declare. */
  access: string;
  /** The limit class that counts its calls. */
  limit: string;
  /** Path, query and body as one object. Unknown keys are refused. */
  input: Input;
  output: Output;
  /** Of the successful answer; 200 unless said. */
  status?: number;
  /** Refusals beyond those that every operation can give. */
  errors?: readonly string[];
  /** Open to signed-in users whose e-mail address is not verified, whatever the instance says. */
  unverified?: true;
  /** The answer carries secrets: it is never stored for replay. */
  secret?: true;
  /** Changes nothing, although its input is too large for the address of a GET. */
  readOnly?: true;
  /** A DELETE whose input holds a secret, which an address must not: it goes in the body. */
  body?: true;
  /** Only for people who signed in: no API token may, whatever its scopes. */
  sessionOnly?: true;
}

/** Input as a caller writes it (defaults may be left out). */
export type InputOf<Op> = Op extends OperationSpec<infer Input, z.ZodObject> ? z.input<Input> : never;
/** Input as the operation gets it (checked, defaults filled in). */
export type ParsedInputOf<Op> = Op extends OperationSpec<infer Input, z.ZodObject> ? z.output<Input> : never;
/** The answer of an operation. */
export type OutputOf<Op> = Op extends OperationSpec<z.ZodObject, infer Output> ? z.output<Output> : never;

/** An operation of a group. */
export interface NamedOperation extends OperationSpec {
  /** `group.verb`, as in `messages.send`; also the path of the method in the SDK. */
  name: string;
}

type Named<Group> = { [Verb in keyof Group]: Group[Verb] & { name: string } };

/** Gives every operation of a group its name: `group.verb`. */
export function operationGroup<const Group extends Record<string, OperationSpec>>(
  name: string,
  group: Group,
): Named<Group> {
  const named = Object.entries(group).map(([verb, spec]) => [verb, { ...spec, name: `${name}.${verb}` }]);
  return Object.fromEntries(named) as Named<Group>;
}

/** Keeps the exact types of an operation: its schemas, and its access rule, which says what its subject is. */
export function operation<const Spec extends OperationSpec>(spec: Spec): Spec {
  return spec;
}

/** True for operations that change something. */
export function isCommand(op: Pick<OperationSpec, 'method' | 'readOnly'>): boolean {
  return op.method !== 'GET' && op.readOnly !== true;
}

/** True for operations whose input goes in the body of a request, but for what stands in the path. */
export function hasBody(op: Pick<OperationSpec, 'method' | 'body'>): boolean {
  return op.method !== 'GET' && (op.method !== 'DELETE' || op.body === true);
}

/** What an API token may be made for. None includes another. */
export const scopes = ['read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** The keys of the input that stand in a path: `/a/:x/b/:y` → `['x', 'y']`. */
export function pathKeys(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => String(match[1]));
}
