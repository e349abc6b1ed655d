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

/** An event emitted by the server. */
export interface LiveEventEntry {
  type: EventType;
  summary: string;
  /** The streams that carry it; empty for a volatile event. */
  streams: readonly string[];
  data: JsonSchema;
}

/** A command that a client can emit. */
export interface LiveCommandEntry {
  event: string;
  summary: string;
  notes: readonly string[];
  input: JsonSchema;
  output: JsonSchema;
}

/** All live events, durable ones first. */
export function liveEvents(schemas: ContractSchemas): LiveEventEntry[] {
  const entries = Object.entries(events).map(([key, { summary, on }]: [string, EventSpec]) => {
    const type = key as EventType;
    return { type, summary, streams: on === 'volatile' ? [] : on, data: schemas.events.get(type) ?? {} };
  });
  return entries.sort((a, b) => Number(isDurable(b.type)) - Number(isDurable(a.type)));
}

/** Notes on the commands of the socket itself. */
const NOTES: Record<keyof typeof connectionCommands, readonly string[]> = {
  op: [
    'Input and response are those of the operation, as described in the REST API.',
    'A command sent again with the same key takes effect once.',
  ],
  'auth:renew': ['The token must belong to the same session.'],
};

/** The commands of the socket itself. */
function ownCommands(schemas: ContractSchemas): LiveCommandEntry[] {
  return Object.entries(connectionCommands).map(([event, { summary }]) => ({
    event,
    summary,
    notes: NOTES[event as keyof typeof connectionCommands],
    input: event === 'op' ? namingOperations(schemas.inputs.get(event) ?? {}) : (schemas.inputs.get(event) ?? {}),
    output: schemas.outputs.get(event) ?? {},
  }));
}

/** The schema of `op`, with the names of all operations. */
function namingOperations(input: JsonSchema): JsonSchema {
  const callable = operations.filter(({ files }) => files !== true);
  const name = { type: 'string', enum: callable.map((operation) => operation.name) };
  const rest = { description: 'Path, query and body in one object' };
  return { ...input, properties: { ...input.properties, name, input: { type: 'object', ...rest } } };
}

/** All commands: those of the socket itself, then the operations with an event of their own. */
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
              `Operation ${name}. Access: ${accessRules[access].description}. Limit: ${limitText(limit)}.`,
            ],
            input: schemas.inputs.get(name) ?? {},
            output: schemas.outputs.get(name) ?? {},
          },
        ],
  );
  return [...ownCommands(schemas), ...named];
}
