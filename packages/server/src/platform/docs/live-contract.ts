import {
  accessRules,
  connectionCommands,
  type EventSpec,
  type EventType,
  events,
  isDurable,
  operations,
} from '@atrium/protocol';
import type { ContractSchemas, JsonSchema } from './json-schema.ts';
import { limitText } from './limit-text.ts';

/** Something that the server tells. */
export interface LiveEventEntry {
  type: EventType;
  summary: string;
  /** The streams that carry it; none for a volatile event. */
  streams: readonly string[];
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

/** What there is to say of the socket's own commands beyond their shapes. */
const NOTES: Record<keyof typeof connectionCommands, readonly string[]> = {
  op: [
    'Input and answer are those of the operation, as the REST documentation has them.',
    'With a key the command takes effect once, however often it is sent.',
  ],
  'auth:renew': ['The token must be of the same session.'],
};

/** The commands that belong to the socket itself. */
function ownCommands(schemas: ContractSchemas): LiveCommandEntry[] {
  return Object.entries(connectionCommands).map(([event, { summary }]) => ({
    event,
    summary,
    notes: NOTES[event as keyof typeof connectionCommands],
    input: event === 'op' ? namingOperations(schemas.inputs.get(event) ?? {}) : (schemas.inputs.get(event) ?? {}),
    output: schemas.outputs.get(event) ?? {},
  }));
}

/** The general command's shape, with the names that there are. */
function namingOperations(input: JsonSchema): JsonSchema {
  const name = { type: 'string', enum: operations.map((operation) => operation.name) };
  const rest = { description: 'Path, query and body in one object' };
  return { ...input, properties: { ...input.properties, name, input: { type: 'object', ...rest } } };
}

/** All that a client may emit: the general commands, then the operations that have an event of their own. */
export function liveCommands(schemas: ContractSchemas): LiveCommandEntry[] {
  const named = operations.flatMap(({ name, event, summary, description, access, limit }) =>
    event === undefined
      ? []
      : [
          {
            event,
            summary,
            notes: [
              ...(description === undefined ? [] : [description]),
              `The operation ${name}. For: ${accessRules[access].description}. Limit: ${limitText(limit)}.`,
            ],
            input: schemas.inputs.get(name) ?? {},
            output: schemas.outputs.get(name) ?? {},
          },
        ],
  );
  return [...ownCommands(schemas), ...named];
}
