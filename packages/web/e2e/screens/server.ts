import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../../server/src/app.ts';
import { readConfig } from '../../../server/src/config.ts';
import { createLog } from '../../../server/src/platform/log/index.ts';
import { drawTheSame, type HeldClock, openHeldDatabase } from './held.ts';

/** Addresses are on pictures, so it is always the same one. */
const PORT = 4680;

/** A server with the built app on a directory of its own, whose clock stands still. */
export interface ScreensServer {
  origin: string;
  clock: HeldClock;
  /** As they are shown in the terminal. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

export async function startScreensServer(at: Date): Promise<ScreensServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-screens-'));
  const mails: string[] = [];
  const close = () => rm(dataDir, { recursive: true, force: true });
  try {
    const config = readConfig({ DATA_DIR: dataDir, PORT: String(PORT), HOST: '127.0.0.1' });
    const log = createLog('error');
    const { database, clock } = await openHeldDatabase(dataDir, at, log);
    drawTheSame();
    const app = await createApp(config, log, { clock, database, printMail: (mail) => mails.push(mail) });
    await app.listen();
    return {
      origin: `http://localhost:${PORT}`,
      clock,
      mails,
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
