import { sizes } from '@atrium/protocol';
import { convertContract, type JsonSchema, SCHEMAS } from './json-schema.ts';
import { type LiveCommandEntry, type LiveEventEntry, liveCommands, liveEvents } from './live-contract.ts';

const INTRODUCTION = `The live API of Atrium, over Socket.IO 4 at \`/socket.io\` in the default namespace.

**Connecting.** \`io(url, { transports: ['websocket'], auth: { token: accessToken } })\`. Pages of this instance that are
signed in with cookies need no token. The first event is \`hello\`.

**Events.** The name of an event is its type. \`socket.on(type, (data, meta) => …)\`: the first argument is the payload.
Durable events have a second one, described here as headers: the stream that carries the event and its position in it.

**Delivery.** Remember the last \`seq\` of each stream. Apply \`last + 1\`, ignore anything older, and call \`sync\` when
a position is missing. Call \`resume\` after reconnecting. Streams listed in \`reset\` start over from a snapshot.

**Commands.** \`socket.emit(event, input, ack)\`. The ack receives \`{ ok: true, data }\` or \`{ ok: false, error }\`,
where \`error\` is the same problem details object as in REST. A packet holds at most ${sizes.packet / 1024} KiB.`;

/** Names of components cannot contain colons. */
const key = (prefix: string, name: string) => `${prefix}.${name.replaceAll(':', '.')}`;
const inChannel = (name: string) => ({ $ref: `#/channels/live/messages/${name}` });

function eventMessage({ type, summary, streams, data }: LiveEventEntry): object {
  const durable = streams.length > 0;
  return {
    name: type,
    title: type,
    summary,
    description: durable
      ? `Durable. Carried by streams of kind: ${streams.join(', ')}. The headers are the second argument.`
      : 'Volatile: may be dropped and has no position in a stream.',
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

/** The live API as an AsyncAPI 3.0 document, generated from the contract alone. */
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
      title: 'Atrium live',
      version: 'v1',
      description: INTRODUCTION,
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
        servers: [{ $ref: '#/servers/socket' }],
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: Object.fromEntries([
      ...told.map(({ type, summary }) => {
        const name = key('event', type);
        return [name, { action: 'send', title: type, summary, channel, messages: [inChannel(name)] }];
      }),
      ...heard.map(({ event, summary }) => {
        const name = key('command', event);
        const reply = { channel, messages: [inChannel(key('ack', event))] };
        return [name, { action: 'receive', title: event, summary, channel, messages: [inChannel(name)], reply }];
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
