/** `npm run cluster`: several nodes on this machine, as they would run on several. */
import process from 'node:process';
import { readOptions, USAGE } from './options.ts';
import { startCluster } from './start-cluster.ts';

const EXIT_USAGE = 64;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const print = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(process.argv.slice(2), process.cwd());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    return EXIT_USAGE;
  }
  if (options.help) {
    print(USAGE);
    return 0;
  }
  const told = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
  try {
    const { DATABASE_URL, REDIS_URL } = process.env;
    const cluster = await startCluster(options, {
      databaseUrl: DATABASE_URL || undefined,
      redisUrl: REDIS_URL || undefined,
      print,
    });
    print(`Atrium is ready at ${cluster.url} (${options.nodes} nodes). Ctrl-C ends it.`);
    await told;
    await cluster.stop();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

process.exit(await main());
