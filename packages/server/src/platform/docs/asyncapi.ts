import { about } from '@atrium/protocol';
import { convertContract, type JsonSchema, SCHEMAS } from './json-schema.ts';
import { type LiveCommandEntry, type LiveEventEntry, liveCommands, liveEvents } from './live-contract.ts';

/** Component names cannot contain colons. */
const key = (prefix: string, name: string) => `${prefix}.${name.replaceAll(':', '.')}`;
const inChannel = (name: string) => ({ $ref: `#/channels/live/messages/${name}` });

const eventDescription = ({ streams }: LiveEventEntry) =>
  streams.length > 0
    ? `Durable. Carried by streams of kind: ${streams.join(', ')}. The headers are the second argument.`
    : 'Volatile: may be dropped and has no position in a stream.';

function eventMessage(entry: LiveEventEntry): object {
  const { type, summary, streams, data } = entry;
  const durable = streams.length > 0;
  return {
    name: type,
    title: type,
    summary,
    description: eventDescription(entry),
    contentType: 'application/json',
    tags: [{ name: durable ? 'durable' : 'volatile' }],
    ...(durable ? { headers: { $ref: `${SCHEMAS}EventMeta` }, 'x-streams': streams } : {}),
    payload: data,
  };
}

function commandMessage({ event, summary, notes, input }: LiveCommandEntry): object {
  return {
    name: event,
    title: event,
    summary,
    description: notes.join(' '),
    contentType: 'application/json',
    tags: [{ name: 'command' }],
    payload: input,
  };
}

function ackMessage({ event, output }: LiveCommandEntry): object {
  const success = {
    type: 'object',
    properties: { ok: { const: true }, data: output },
    required: ['ok', 'data'],
  };
  return {
    name: `ack of ${event}`,
    title: `Response to ${event}`,
    summary: `The acknowledgement of ${event}`,
    description:
      'Passed to the acknowledgement callback: `ok: true` with the data, or `ok: false` with the problem that a REST call would answer with.',
    contentType: 'application/json',
    tags: [{ name: 'ack' }],
    payload: { oneOf: [success, { $ref: `${SCHEMAS}Refusal` }] },
  };
}

const refusal: JsonSchema = {
  type: 'object',
  properties: { ok: { const: false }, error: { $ref: `${SCHEMAS}Problem` } },
  required: ['ok', 'error'],
};

/** Generates an AsyncAPI 3.0 document of the live API from the contract. */
export function asyncApiDocument(): Record<string, unknown> {
  const schemas = convertContract();
  const told = liveEvents(schemas);
  const heard = liveCommands(schemas);
  const messages = Object.fromEntries([
    ...told.map((entry) => [key('event', entry.type), eventMessage(entry)]),
    ...heard.flatMap((entry) => [
      [key('command', entry.event), commandMessage(entry)],
      [key('ack', entry.event), ackMessage(entry)],
    ]),
  ]);
  const channel = { $ref: '#/channels/live' };
  return {
    asyncapi: '3.0.0',
    info: {
      title: `${about.name} live`,
      version: 'v1',
      description: about.live,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      socket: {
        host: '{host}',
        pathname: '/socket.io',
        protocol: 'socket.io',
        protocolVersion: '4',
        description: 'WebSocket, with long polling as a fallback',
        variables: { host: { default: 'localhost:3000', description: 'Host name and port of this instance' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      live: {
        address: '/',
        title: 'The default namespace',
        description: 'Everything goes over the default namespace of one Socket.IO connection.',
        servers: [{ $ref: '#/servers/socket' }],
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: Object.fromEntries([
      ...told.map((entry) => {
        const name = key('event', entry.type);
        const text = { title: entry.type, summary: entry.summary, description: eventDescription(entry) };
        return [name, { action: 'send', ...text, channel, messages: [inChannel(name)] }];
      }),
      ...heard.map(({ event, summary, notes }) => {
        const name = key('command', event);
        const text = { title: event, summary, description: notes.join(' ') };
        const reply = { channel, messages: [inChannel(key('ack', event))] };
        return [name, { action: 'receive', ...text, channel, messages: [inChannel(name)], reply }];
      }),
    ]),
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...schemas.components, Refusal: refusal }).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      messages,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'The access token as `auth.token` of the Socket.IO handshake, or the cookie of a browser session',
        },
      },
    },
  };
}
