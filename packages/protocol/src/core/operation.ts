import type { z } from 'zod';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An operation as declared by a feature; its group adds the name. */
export interface OperationSpec<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** Its title: at most 60 characters, without a full stop. */
  summary: string;
  /** Details, in complete sentences. */
  description?: string;
  method: Method;
  /** Below /api/v1; `:key` segments are keys of the input. */
  path: string;
  /** A second path of the same operation. */
  alias?: string;
  /** The socket event that calls it, in addition to `op`. */
  event?: string;
  /** The rule that decides who may call it: one of those that the features declare. */
  access: string;
  /** The limit class that counts its calls. */
  limit: string;
  /** Path, query and body parameters as one object. Unknown keys are rejected. */
  input: Input;
  output: Output;
  /** HTTP status of a successful response; 200 by default. */
  status?: number;
  /** Problem codes beyond those that every operation can answer with. */
  errors?: readonly string[];
  /** Available to users with an unverified email address, whatever the instance settings say. */
  unverified?: true;
  /**
   * The input or the response contains secrets, so neither is stored. A repeated call with the same key has no effect:
   * the answer is `already_done`, or the same if it is empty.
   */
  secret?: true;
  /** Makes no changes, although its input is too large for the URL of a GET. */
  readOnly?: true;
  /** A DELETE whose input contains a secret, which must not be part of a URL: the input is sent in the body. */
  body?: true;
  /**
   * The request body carries files, as multipart/form-data; the input is in the path and the query, so that it is known
   * before the body is read. Not available over the socket.
   */
  files?: true;
  /** The key of the input that identifies the call: a repeated call with the same value takes effect once. */
  ownKey?: string;
  /** Only for signed-in users, never for API tokens. */
  sessionOnly?: true;
  /**
   * Deletes, ends or replaces something that cannot be restored, although its method is not DELETE. Assistants get this
   * as a hint to ask before calling.
   */
  destructive?: true;
  /**
   * Example fields of an input that the server accepts, for the documents, if they cannot be derived from the schema.
   * Ids stand for objects of the reader.
   */
  example?: Readonly<Record<string, unknown>>;
  /** May end the caller's session. */
  endsSession?: true;
  /** Costs far more than other reads: one at a time per caller, two on the whole server. */
  heavy?: true;
}

/** The input as a caller writes it; values with defaults are optional. */
export type InputOf<Op> = Op extends OperationSpec<infer Input, z.ZodObject> ? z.input<Input> : never;
/** The input as the operation receives it: validated, with defaults applied. */
export type ParsedInputOf<Op> = Op extends OperationSpec<infer Input, z.ZodObject> ? z.output<Input> : never;
/** The output of an operation. */
export type OutputOf<Op> = Op extends OperationSpec<z.ZodObject, infer Output> ? z.output<Output> : never;

/** An operation of a group. */
export interface NamedOperation extends OperationSpec {
  /** `group.verb`, as in `messages.send`; also the path of the method in the SDK. */
  name: string;
}

type Named<Group> = { [Verb in keyof Group]: Group[Verb] & { name: string } };

/** Names every operation of a group: `group.verb`. */
export function operationGroup<const Group extends Record<string, OperationSpec>>(
  name: string,
  group: Group,
): Named<Group> {
  const named = Object.entries(group).map(([verb, spec]) => [verb, { ...spec, name: `${name}.${verb}` }]);
  return Object.fromEntries(named) as Named<Group>;
}

/** Keeps the exact types of an operation: its schemas and its access rule, which determines its subject. */
export function operation<const Spec extends OperationSpec>(spec: Spec): Spec {
  return spec;
}

/** True for operations that make changes. */
export function isCommand(op: Pick<OperationSpec, 'method' | 'readOnly'>): boolean {
  return op.method !== 'GET' && op.readOnly !== true;
}

/** True for operations whose input, except for the parameters in the path, is sent in the request body. */
export function hasBody(op: Pick<OperationSpec, 'method' | 'body' | 'files'>): boolean {
  return op.method !== 'GET' && op.files !== true && (op.method !== 'DELETE' || op.body === true);
}

/** The scopes of API tokens. No scope includes another. */
export const scopes = ['read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** The parameters of a path: `/a/:x/b/:y` → `['x', 'y']`. */
export function pathKeys(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => String(match[1]));
}
