import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../../server/src/app.ts';
import { readConfig } from '../../../server/src/config.ts';
import { createLog } from '../../../server/src/platform/log/index.ts';

/** A server with the built app on a directory of its own. */
export interface ScreensServer {
  origin: string;
  close(): Promise<void>;
}

export async function startScreensServer(): Promise<ScreensServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-screens-'));
  const close = () => rm(dataDir, { recursive: true, force: true });
  try {
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' });
    const app = await createApp(config, createLog('error'), { printMail: () => undefined });
    const { port } = new URL(await app.listen());
    return {
      origin: `http://localhost:${port}`,
      async close() {
        await app.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
