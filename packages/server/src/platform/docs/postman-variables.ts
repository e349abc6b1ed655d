import { type groups, type Operation, operations, pathKeys } from '@atrium/protocol';
import { type ContractSchemas, type JsonSchema, SCHEMAS } from './json-schema.ts';

/** Secrets and codes that one operation of a group returns and another one accepts. */
const HANDED_ON = ['accessToken', 'refreshToken', 'challengeId', 'code', 'publicKey'];

/** A value of a response that later requests use. */
export interface KeptValue {
  /** The collection variable. */
  variable: string;
  /** Its path in the response: `['items', 0, 'id']`. */
  at: readonly (string | number)[];
}

const groupOf = ({ name }: Operation) => name.split('.')[0] ?? '';
const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** The path of the list that contains an object: `/tasks/:taskId/members` and `taskId` give `/tasks`. */
const listAddress = (path: string, key: string) => path.slice(0, path.indexOf(`/:${key}`));

/** Creates an object, but does not return the id of an existing one, such as adding a member. */
const makes = ({ method, status, input }: Operation, key: string) =>
  method === 'POST' && status === 201 && !(key in input.shape);

/** The operation that creates the objects of a list, whose path may be part of another one. */
function creatorAt(address: string, key: string): Operation | undefined {
  const end = `/${address.split('/').at(-1)}`;
  const creators = operations.filter((operation) => makes(operation, key));
  return creators.find(({ path }) => path === address) ?? creators.find(({ path }) => path.endsWith(end));
}

/**
 * The operation whose response contains the id in a path: the one that creates such objects in the list of the path, in
 * a list named after them or in any other, or else the one that lists them.
 */
function makerOf(path: string, key: string): Operation | undefined {
  const address = listAddress(path, key);
  const elsewhere = operations.filter((other) => pathKeys(other.path).includes(key));
  return (
    creatorAt(address, key) ??
    creatorAt(`/${key.replace(/Id$/, 's')}`, key) ??
    elsewhere.map((other) => creatorAt(listAddress(other.path, key), key)).find((maker) => maker !== undefined) ??
    ['PUT', 'GET']
      .map((method) => operations.find((operation) => operation.path === address && operation.method === method))
      .find((maker) => maker !== undefined)
  );
}

/** The variables of the collection: which requests use them, and which responses fill them. */
export class Variables {
  readonly #schemas: ContractSchemas;
  /** By variable. */
  readonly #makers = new Map<string, { operation: Operation; key: string }>();
  /** Path parameters by path and key. */
  readonly #names = new Map<string, string>();
  /** By group. */
  readonly #byGroup = Map.groupBy(operations, groupOf);
  #filled: Map<string, { filled: string; operation: Operation }[]> | undefined;

  constructor(schemas: ContractSchemas) {
    this.#schemas = schemas;
    const inPaths = operations.flatMap(({ path }) =>
      pathKeys(path).flatMap((key) => {
        const maker = key.endsWith('Id') ? makerOf(path, key) : undefined;
        return maker === undefined ? [] : [{ path, key, operation: maker }];
      }),
    );
    for (const [key, same] of Map.groupBy(inPaths, (one) => one.key)) {
      // Two kinds of objects that share a parameter have a variable each.
      const isShared = new Set(same.map(({ operation }) => operation)).size > 1;
      for (const { path, operation } of same) {
        const name = isShared ? `${groupOf(operation)}${capital(key)}` : key;
        this.#names.set(`${path} ${key}`, name);
        this.#makers.set(name, { operation, key });
      }
    }
  }

  /** The variable for a field of the input, if one of the responses fills it. */
  of(operation: Operation, key: string): string | undefined {
    const variable = this.#names.get(`${operation.path} ${key}`) ?? key;
    if (this.#makers.has(variable)) return variable;
    if (HANDED_ON.includes(key) && this.#returning(groupOf(operation), key).length > 0) return key;
    return [...this.#makers].find(([, maker]) => maker.key === key)?.[0];
  }

  /** The operations whose responses fill a variable. */
  makersOf(variable: string): readonly Operation[] {
    this.#filled ??= Map.groupBy(
      operations.flatMap((operation) =>
        this.keptFrom(operation).map(({ variable: filled }) => ({ filled, operation })),
      ),
      ({ filled }) => filled,
    );
    return (this.#filled.get(variable) ?? []).map(({ operation }) => operation);
  }

  /** The values to store from the response of an operation. */
  keptFrom(operation: Operation): KeptValue[] {
    const output = this.#schemas.outputs.get(operation.name) ?? {};
    const made = [...this.#makers].flatMap(([variable, { operation: maker, key }]) => {
      const at = maker.name === operation.name ? this.#find(output, key) : undefined;
      return at === undefined ? [] : [{ variable, at }];
    });
    const handed = HANDED_ON.filter((key) => this.#returning(groupOf(operation), key).includes(operation.name));
    return [...made, ...handed.map((key) => ({ variable: key, at: [key] }))];
  }

  /** The variables that a request uses. */
  usedBy(operation: Operation): string[] {
    const required = this.#schemas.inputs.get(operation.name)?.required ?? [];
    const keys = [...pathKeys(operation.path), ...required, ...Object.keys(operation.example ?? {})];
    return keys.flatMap((key) => this.of(operation, key) ?? []);
  }

  #returning(group: string, key: string): string[] {
    return (this.#byGroup.get(group) ?? [])
      .filter(({ name }) => this.#fields(this.#schemas.outputs.get(name) ?? {})[key] !== undefined)
      .map(({ name }) => name);
  }

  #fields(schema: JsonSchema): Record<string, JsonSchema> {
    if (schema.$ref === undefined) return schema.properties ?? {};
    return this.#fields(this.#schemas.components[schema.$ref.slice(SCHEMAS.length)] ?? {});
  }

  /** The path of an object's id in a response: in the object, in its wrapper, or in the first item of a list. */
  #find(output: JsonSchema, key: string): (string | number)[] | undefined {
    const fields = this.#fields(output);
    for (const list of ['items', key.replace(/Id$/, 's')]) {
      const inItem = fields[list]?.items && this.#find(fields[list].items, key);
      if (inItem !== undefined) return [list, 0, ...inItem];
    }
    if (fields[key] !== undefined) return [key];
    if (fields.id !== undefined) return ['id'];
    const [wrapper] = Object.entries(fields).find(([, field]) => this.#fields(field).id !== undefined) ?? [];
    return wrapper === undefined ? undefined : [wrapper, 'id'];
  }
}

/** Puts each item after those that it depends on, and otherwise keeps the order. */
function afterTheirNeeds<Thing>(things: readonly Thing[], needs: (thing: Thing) => readonly Thing[]): Thing[] {
  const ordered = new Set<Thing>();
  const visited = new Set<Thing>();
  const visit = (thing: Thing) => {
    if (visited.has(thing)) return;
    visited.add(thing);
    needs(thing).forEach(visit);
    ordered.add(thing);
  };
  things.forEach(visit);
  return [...ordered];
}

/** The operations by group; groups and their operations come after those that set the variables they use. */
export function inOrder(variables: Variables): Map<keyof typeof groups, Operation[]> {
  const byGroup = Map.groupBy(operations, groupOf);
  const makers = (operation: Operation) =>
    variables.usedBy(operation).flatMap((variable) => variables.makersOf(variable));
  const ordered = afterTheirNeeds([...byGroup.keys()], (group) =>
    (byGroup.get(group) ?? []).flatMap(makers).map(groupOf),
  );
  return new Map(
    ordered.map((group) => {
      const own = byGroup.get(group) ?? [];
      const needs = (operation: Operation) => makers(operation).filter((maker) => own.includes(maker));
      return [group as keyof typeof groups, afterTheirNeeds(own, needs)];
    }),
  );
}

/** The end of the path of an operation that undoes a deletion. */
const RESTORE = '/restore';

/** Deletes, undoes that, or ends what other requests need. */
export function isDestructive({ method, path, endsSession }: Operation): boolean {
  return method === 'DELETE' || path.endsWith(RESTORE) || endsSession === true;
}

/**
 * Deleting operations in a working order: the latest created first, the content of an object before the object.
 * @param made the operations in the order in which they create objects
 */
export function inRemovalOrder(removing: readonly Operation[], made: readonly Operation[], variables: Variables) {
  const latest = (operation: Operation) =>
    Math.max(
      -1,
      ...pathKeys(operation.path)
        .flatMap((key) => variables.of(operation, key) ?? [])
        .flatMap((variable) => variables.makersOf(variable))
        .map((maker) => made.indexOf(maker)),
    );
  const depth = ({ path }: Operation) => path.split('/').length;
  const isUndone = ({ path }: Operation) => path.endsWith(RESTORE);
  const sorted = removing.toSorted((a, b) => latest(b) - latest(a) || depth(b) - depth(a));
  return sorted
    .filter((operation) => !isUndone(operation))
    .flatMap((operation) => [operation, ...sorted.filter(({ path }) => path === `${operation.path}${RESTORE}`)]);
}
