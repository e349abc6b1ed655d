import { type EventSpec, type EventType, events, isDurable, operations, type StreamKind } from '@atrium/protocol';
import type { ContractSchemas, JsonSchema } from './json-schema.ts';
import { accessWords, limitWords } from './words.ts';

/** Something that the server tells. */
export interface LiveEventEntry {
  type: EventType;
  summary: string;
  /** The streams that carry it; none for a volatile event. */
  streams: readonly StreamKind[];
  data: JsonSchema;
}

/** Something that a client may ask. */
export interface LiveCommandEntry {
  event: string;
  summary: string;
  notes: readonly string[];
  input: JsonSchema;
  output: JsonSchema;
}

/** All live events, the durable ones first. */
export function liveEvents(schemas: ContractSchemas): LiveEventEntry[] {
  const entries = Object.entries(events).map(([key, { summary, on }]: [string, EventSpec]) => {
    const type = key as EventType;
    return { type, summary, streams: on === 'volatile' ? [] : on, data: schemas.events.get(type) ?? {} };
  });
  return entries.sort((a, b) => Number(isDurable(b.type)) - Number(isDurable(a.type)));
}

/** The two commands that belong to the socket itself. */
function connectionCommands(): LiveCommandEntry[] {
  return [
    {
      event: 'op',
      summary: 'Any operation by its name',
      notes: [
        'Input and answer are those of the operation, as the REST documentation has them.',
        'With a key the command takes effect once, however often it is sent.',
      ],
      input: {
        type: 'object',
        properties: {
          name: { type: 'string', enum: operations.map(({ name }) => name) },
          input: { type: 'object', description: 'Path, query and body in one object' },
          key: { type: 'string', minLength: 1, maxLength: 200, description: 'Idempotency key' },
        },
        required: ['name'],
        additionalProperties: false,
      },
      output: { type: 'object' },
    },
    {
      event: 'auth:renew',
      summary: 'Keep the connection open with a new access token',
      notes: ['The token must be of the same session.'],
      input: {
        type: 'object',
        properties: { token: { type: 'string', maxLength: 4096 } },
        required: ['token'],
        additionalProperties: false,
      },
      output: {
        type: 'object',
        properties: { expiresAt: { type: 'string', format: 'date-time', description: 'ISO 8601, UTC' } },
        required: ['expiresAt'],
      },
    },
  ];
}

/** All that a client may emit: the general commands, then the operations that have an event of their own. */
export function liveCommands(schemas: ContractSchemas): LiveCommandEntry[] {
  const named = operations.flatMap(({ name, event, summary, access, limit }) =>
    event === undefined
      ? []
      : [
          {
            event,
            summary,
            notes: [`The operation ${name}. For: ${accessWords[access]}. Limit: ${limitWords(limit)}.`],
            input: schemas.inputs.get(name) ?? {},
            output: schemas.outputs.get(name) ?? {},
          },
        ],
  );
  return [...connectionCommands(), ...named];
}
