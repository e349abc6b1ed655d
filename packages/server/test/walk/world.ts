import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createKeyring } from '../../src/modules/identity/index.ts';
import { PASSWORD, type Person, type TestApp, testApp } from '../app.ts';
import type { WalkCaller } from './define.ts';
import type { Role, unauthenticatedCallers } from './roles.ts';
import { prepareInputs, type Row } from './rows.ts';
import { makeSharedWorld, type SharedWorld } from './shared-world.ts';

/** The shared world with the fixtures of every feature, ready to be called. */
export interface WalkWorld extends SharedWorld {
  url: string;
  callers: Record<Exclude<Role, 'nobody'> | (typeof unauthenticatedCallers)[number], WalkCaller>;
  /** Builds a valid input for a row. */
  inputFor(row: Row, caller: WalkCaller): Record<string, unknown>;
  close(): Promise<void>;
}

/** A server that is never called: the walk stays on this machine. */
const PROVIDER = { OIDC_ISSUER: 'https://provider.example', OIDC_CLIENT_ID: 'walk', OIDC_CLIENT_SECRET: 'walk' };

/** Creates the world: about two dozen people, two workspaces. */
export async function walkWorld(): Promise<WalkWorld> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-walk-'));
  const app = await testApp({ env: { DATA_DIR: dataDir, ...PROVIDER } });
  const shared = await makeSharedWorld(app);
  const inputFor = await prepareInputs(shared);
  const caller = async ({ userId, accessToken, email, call }: Person): Promise<WalkCaller> => {
    const { id: apiTokenId } = await call('tokens.create', { name: 'Mine', scopes: ['read'] });
    const other = await app.call('auth.login', { email, password: PASSWORD });
    return { userId, token: accessToken, otherSessionId: claimsOf(other.accessToken).sid, apiTokenId };
  };
  const asRoles = Object.fromEntries(
    await Promise.all(Object.entries(shared.people).map(async ([name, person]) => [name, await caller(person)])),
  ) as Record<keyof SharedWorld['people'], WalkCaller>;
  await app.database.pool.query("update instance_setting set unverified_may = 'nothing'");
  const url = await app.listen();
  // Jobs would delete leftovers later, after they were restored.
  await app.app.jobs.stop();
  return {
    ...shared,
    url,
    inputFor,
    callers: {
      ...asRoles,
      unverifiedReader: asRoles.unverified,
      ...(await nobodies(app, shared.people.manager, dataDir)),
    },
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function claimsOf(token = ''): { sid: string; ver: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** Callers with credentials that were, or are, nearly valid: all of the manager of the channels. */
async function nobodies(app: TestApp, manager: Person, dataDir: string) {
  const { userId, email, actor, refreshToken } = manager;
  const nobody = { userId, otherSessionId: actor.sessionId, apiTokenId: actor.sessionId };
  const signedOut = await app.call('auth.login', { email, password: PASSWORD });
  await manager.call('auth.revokeSession', { sessionId: claimsOf(signedOut.accessToken).sid });
  const yesterday = new Date(Date.now() - 86_400_000);
  const keyring = await createKeyring({ directory: path.join(dataDir, 'secrets'), clock: { now: () => yesterday } });
  const { sid, ver } = claimsOf(manager.accessToken);
  return {
    anonymous: { ...nobody, token: undefined },
    revoked: { ...nobody, token: signedOut.accessToken },
    expired: { ...nobody, token: await keyring.sign({ userId, sessionId: sid, tokenVersion: ver }) },
    refreshToken: { ...nobody, token: refreshToken },
  };
}
