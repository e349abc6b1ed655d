import path from 'node:path';
import { type TestApp, testApp } from '../../server/test/app.ts';

const BUILT_APP = path.resolve(import.meta.dirname, '../dist');

/** The whole program with the built app, on a database of its own. */
export interface Server extends TestApp {
  /** Where it is served, without a slash at the end. */
  origin: string;
}

/** Starts the server with the app as it is shipped. */
export async function startServer(options: Parameters<typeof testApp>[0] = {}): Promise<Server> {
  const app = await testApp({ webApp: BUILT_APP, ...options });
  const { port } = new URL(await app.listen());
  return Object.assign(app, { origin: `http://localhost:${port}` });
}
