import { randomUUID } from 'node:crypto';
import { type Api, contract, limits, type Operation } from '@atrium/protocol';
import pino from 'pino';
import { type App, createApp } from '../../packages/server/src/app.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import type { Database } from '../../packages/server/src/platform/database/index.ts';

/** The program without its transports: calls take the whole road from the limit to the answer. */
export async function appOn(database: Database, dataDir: string): Promise<App> {
  const plenty = Object.keys(limits).map((name) => [`LIMIT_${name.toUpperCase()}`, '1000000/1']);
  const config = readConfig({ DATA_DIR: dataDir, ...Object.fromEntries(plenty) });
  return createApp(config, pino({ level: 'silent' }), { database });
}

/** The contract as methods, called as one person. */
export function callAs(app: App, userId: string): Api {
  const actor = {
    kind: 'user',
    userId,
    sessionId: randomUUID(),
    role: 'user',
    emailVerified: true,
    expiresAt: new Date(Date.now() + 86_400_000),
  } as const;
  const request = { id: 'bench', ip: '127.0.0.1', userAgent: 'bench', transport: 'rest' } as const;
  const cookies = { set: () => undefined, clear: () => undefined };
  const call = (name: string) => async (input: unknown) =>
    (await app.executor.execute({ name, input, actor, request, cookies })).data;
  const groups = Object.entries(contract).map(([group, verbs]) => [
    group,
    Object.fromEntries(
      Object.entries(verbs as Record<string, Operation>).map(([verb, { name }]) => [verb, call(name)]),
    ),
  ]);
  return Object.fromEntries(groups) as Api;
}
