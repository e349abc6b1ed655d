import { sizes } from '@atrium/protocol';
import { convertContract, type JsonSchema, SCHEMAS } from './json-schema.ts';
import { type LiveCommandEntry, type LiveEventEntry, liveCommands, liveEvents } from './live-contract.ts';

const INTRODUCTION = `What Atrium says and hears over Socket.IO 4 at \`/socket.io\`, in the default namespace.

**Connecting.** \`io(url, { transports: ['websocket'], auth: { token: accessToken } })\`; pages of this instance that are
signed in by cookie need no token. The first event is \`hello\`.

**Events.** The name of an event is its type. \`socket.on(type, (data, meta) => …)\`: the first argument is the payload;
durable events bring a second one, described here as headers: the stream that carries the event and its number in it.

**Nothing is lost.** Keep the last \`seq\` of each stream. Apply \`last + 1\`, drop what is not newer, and ask \`sync\` when
a number is missing. After a reconnection ask \`resume\`. Streams named in \`reset\` start over from a snapshot.

**Commands.** \`socket.emit(event, input, ack)\`. The ack gets \`{ ok: true, data }\` or \`{ ok: false, error }\`, where
\`error\` is the same problem details object as in REST. A packet holds at most ${sizes.packet / 1024} KiB.`;

/** Names in components may not hold colons. */
const key = (prefix: string, name: string) => `${prefix}.${name.replaceAll(':', '.')}`;
const inChannel = (name: string) => ({ $ref: `#/channels/live/messages/${name}` });

function eventMessage({ type, summary, streams, data }: LiveEventEntry): object {
  const durable = streams.length > 0;
  return {
    name: type,
    title: type,
    summary,
    description: durable
      ? `Durable; carried by streams of: ${streams.join(', ')}. The headers are the second argument.`
      : 'Volatile: may be dropped, has no place in a stream.',
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
    title: `Answer to ${event}`,
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

/** The live interface as an AsyncAPI 3.0 document, made of the contract alone. */
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
        description: 'WebSocket first, long polling as fallback',
        variables: { host: { default: 'localhost:3000', description: 'Where this instance is reached' } },
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
