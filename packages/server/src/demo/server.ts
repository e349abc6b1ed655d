import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../platform/log/index.ts';

/** A server that lives as long as the demo. */
export interface DemoServer {
  url: string;
  /** The verification code that was mailed last to an address, once it has come. */
  mailedCode(address: string): string | undefined;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts the whole program on a temporary directory and a free port. */
export async function startDemoServer(): Promise<DemoServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-demo-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  const mails: string[] = [];
  try {
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
    const app = await createApp(config, createLog('error'), { printMail: (mail) => mails.push(mail) });
    const url = await app.listen();
    return {
      url,
      mailedCode: (address) =>
        /(\d{6}) is your verification code/.exec(mails.findLast((mail) => mail.includes(address)) ?? '')?.[1],
      async stop() {
        await app.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
