import type { Config } from '../config.ts';
import type { Services } from '../platform/module/index.ts';
import { type Cli, withDatabase } from './cli.ts';

/**
 * Uses a service of the whole server, so that all listeners run. It starts no background work, and the real server may
 * be running as well.
 */
export async function withService<Name extends keyof Services, Result>(
  cli: Cli,
  name: Name,
  work: (service: Services[Name], config: Config) => Promise<Result>,
): Promise<Result> {
  // Loaded lazily, since help does not need it.
  const { createApp } = await import('../app.ts');
  return withDatabase(
    cli,
    async (database, config) => {
      const app = await createApp(config, cli.log, { database, background: false });
      try {
        const service = app.modules.map(({ services }) => services?.[name]).find((one) => one !== undefined);
        if (service === undefined) throw new Error(`There is no ${name}.`);
        return await work(service as Services[Name], config);
      } finally {
        await app.stop();
      }
    },
    { current: true },
  );
}
