import { accessRules, groups, hasBody, type Operation, pathKeys, takesKey } from '@atrium/protocol';
import { type ContractSchemas, convertContract } from './json-schema.ts';
import { limitText } from './limit-text.ts';
import { inOrder, inRemovalOrder, isDestructive, type KeptValue, Variables } from './postman-variables.ts';
import { bodyExample, inputExample, sampleOf } from './sample.ts';

const FORMAT = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const DESCRIPTION = [
  'Every operation, in an order in which the collection can be run as a whole: what a response holds that later requests',
  'need is kept in variables, and what removes or signs out comes last. Set baseUrl, and another email for each run.',
].join(' ');

/** Fields whose values the user of the collection chooses, with their variables. */
const CHOSEN: Readonly<Record<string, string>> = { password: 'password', current: 'password' };

/** Stores values of a response for later requests. */
function keeping(values: readonly KeptValue[]): object {
  const lines = values.map(({ variable, at }) => {
    const place = at.map((key) => (typeof key === 'number' ? `?.[${key}]` : `?.${key}`)).join('');
    return `keep('${variable}', response${place});`;
  });
  const exec = [
    'const response = pm.response.code < 300 ? pm.response.json() : undefined;',
    'const keep = (name, value) => value && pm.collectionVariables.set(name, value);',
    ...lines,
  ];
  return { listen: 'test', script: { type: 'text/javascript', exec } };
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Destructive operations in a working order: deletion in the reverse order of creation, then signing out. */
function destructiveOnes(made: readonly Operation[], variables: Variables): Operation[] {
  const { login } = groups.auth.operations;
  const removing = made.filter((operation) => isDestructive(operation) && operation.endsSession !== true);
  const things = ({ path }: Operation) => pathKeys(path).length;
  // The session that is revoked by its id is the first one.
  const ending = made.filter(({ endsSession }) => endsSession === true).toSorted((a, b) => things(b) - things(a));
  // Each of them needs a session.
  return [
    ...inRemovalOrder(removing, made, variables),
    ...ending.flatMap((operation, index) => (index === 0 ? [operation] : [login, operation])),
  ];
}

class Requests {
  readonly #schemas: ContractSchemas;
  readonly #variables: Variables;

  constructor(schemas: ContractSchemas, variables: Variables) {
    this.#schemas = schemas;
    this.#variables = variables;
  }

  #substitute(operation: Operation, key: string): string | undefined {
    if (key === operation.ownKey) return '{{$guid}}';
    const isOwnEmail = key === 'email' && operation.access === 'public';
    const variable = isOwnEmail ? key : (CHOSEN[key] ?? this.#variables.of(operation, key));
    return variable && `{{${variable}}}`;
  }

  #url(operation: Operation, input: Readonly<Record<string, unknown>>): object {
    const inPath = pathKeys(operation.path);
    const fields = Object.entries(this.#schemas.inputs.get(operation.name)?.properties ?? {});
    const query = hasBody(operation)
      ? []
      : fields
          .filter(([key]) => !inPath.includes(key))
          .map(([key, schema]) => {
            // A list becomes one parameter per item.
            const [value] = [input[key] ?? sampleOf(schema, this.#schemas.components)].flat();
            return { key, value: asText(value), disabled: input[key] === undefined };
          });
    const variable = inPath.map((key) => ({ key, value: asText(input[key]) }));
    const shown = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
    return {
      raw: `{{baseUrl}}/api/v1${operation.path}${shown.length === 0 ? '' : `?${shown.join('&')}`}`,
      host: ['{{baseUrl}}'],
      path: ['api', 'v1', ...operation.path.slice(1).split('/')],
      ...(query.length === 0 ? {} : { query }),
      ...(variable.length === 0 ? {} : { variable }),
    };
  }

  #body(operation: Operation, input: Readonly<Record<string, unknown>>): object | undefined {
    if (operation.files === true) {
      return {
        mode: 'formdata',
        formdata: [{ key: 'file', type: 'file', src: 'packages/web/public/web/icon-192-a.png' }],
      };
    }
    const takes = Object.keys(this.#schemas.inputs.get(operation.name)?.properties ?? {});
    if (!hasBody(operation) || takes.length === pathKeys(operation.path).length) return undefined;
    const raw = JSON.stringify(bodyExample(operation.path, input), null, 2);
    return { mode: 'raw', raw, options: { raw: { language: 'json' } } };
  }

  item(operation: Operation): object {
    const kept = this.#variables.keptFrom(operation);
    const input = inputExample(operation, this.#schemas, (key) => this.#substitute(operation, key));
    const content = this.#body(operation, input);
    return {
      name: operation.summary,
      ...(kept.length === 0 ? {} : { event: [keeping(kept)] }),
      request: {
        method: operation.method,
        description: `${operation.name}. Access: ${accessRules[operation.access].description}. Limit: ${limitText(operation.limit)}.`,
        header: takesKey(operation) ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : [],
        url: this.#url(operation, input),
        ...(content === undefined ? {} : { body: content }),
        ...(operation.access === 'public' ? { auth: { type: 'noauth' } } : {}),
      },
    };
  }
}

/**
 * Generates a Postman collection (format 2.1) of the REST API: a folder per group, then one with destructive
 * operations, in reverse order.
 */
export function postmanCollection(): Record<string, unknown> {
  const schemas = convertContract();
  const variables = new Variables(schemas);
  const requests = new Requests(schemas, variables);
  const ordered = inOrder(variables);
  return {
    info: { name: 'Atrium', description: DESCRIPTION, schema: FORMAT },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000' },
      { key: 'email', value: 'ada@example.org' },
      { key: 'password', value: 'correct horse battery staple' },
      { key: 'accessToken', value: '' },
    ],
    item: [
      ...[...ordered].map(([group, own]) => ({
        name: groups[group].title,
        description: groups[group].description,
        item: own.filter((operation) => !isDestructive(operation)).map((operation) => requests.item(operation)),
      })),
      {
        name: 'Removing and signing out',
        description: 'In an order in which it works, signing in again where a request ends the session.',
        item: destructiveOnes([...ordered.values()].flat(), variables).map((operation) => requests.item(operation)),
      },
    ],
  };
}
