// npm run bench:web [-- --people 200] [--rate 20] [--keys 300] [--switches 60] [--first 30] [--opens 5] [--json]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { openBrowser, profile, signInByCookie } from '../../packages/web/e2e/sign-in.ts';
import { summary } from '../lib/latency.ts';
import { ended, freePort, start } from '../lib/processes.ts';
import { percentile, table } from '../lib/stats.ts';
import { makePeople } from '../presence/people.ts';
import { crowd, furnish, READER } from './crowd.ts';
import { openCold, openEach, switchBetween, typeKeys } from './measures.ts';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    rate: { type: 'string', default: '20' },
    keys: { type: 'string', default: '300' },
    switches: { type: 'string', default: '60' },
    first: { type: 'string', default: '30' },
    opens: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('What somebody waits for in Chromium while others type and write in the channel that is open.');
  console.log('  --people N    who type (200)\n  --rate N      messages a second that arrive (20)');
  console.log('  --keys N      typed into the composer (300)');
  console.log('  --switches N  between two conversations that were open before (60)');
  console.log('  --first N     conversations opened for the first time (30)');
  console.log('  --opens N     of the app with nothing in the cache (5)\n  --json        JSON');
  process.exit(0);
}

/** What is promised, in milliseconds: of opening the median, of the others the 95th percentile. */
const WANTED_MS = {
  'first usable screen, cold': 1_500,
  'keystroke to pixels': 50,
  'back to a conversation': 100,
  'first look at a conversation': 100,
};

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const people = await makePeople(database, directory, { people: Number(options.people), perWorkspace: 1_000 });
  const port = await freePort();
  const env = {
    ...{ DATA_DIR: directory, DATABASE_URL: database.url, PORT: String(port), LOG_LEVEL: 'fatal' },
    // They all come from this machine.
    SOCKETS_OPENING_PER_ADDRESS: '100000',
    // 20 a second are as many as one conversation takes.
    LIMIT_CONVERSATION: '1000/5',
  };
  const child = await start('packages/server/src/main.ts', env, 'Atrium is ready');
  const browser = await openBrowser();
  try {
    const origin = `http://localhost:${port}`;
    const { both, others: unopened } = await furnish(origin, database, people, Number(options.first));
    const [open] = both;
    const visit = async () => {
      const { context, page } = await profile(browser, READER.name);
      await signInByCookie(context, origin, READER);
      return { context, page };
    };
    const opened: number[] = [];
    for (let at = 0; at < Number(options.opens); at++) {
      const { context, page } = await visit();
      opened.push(await openCold(page, `${origin}/c/${open.id}`));
      await context.close();
    }
    const { page } = await visit();
    await openCold(page, `${origin}/c/${open.id}`);
    const others = await crowd(port, people, open.id, Number(options.rate));
    const typed = await typeKeys(page, Number(options.keys));
    const backTo = await switchBetween(page, both, Number(options.switches));
    const firstLooks = await openEach(page, unopened);
    await others.leave();
    const measured = {
      'first usable screen, cold': opened,
      'keystroke to pixels': typed,
      'back to a conversation': backTo,
      'first look at a conversation': firstLooks,
    };
    const rows = Object.entries(measured).map(([what, times]) => {
      const sorted = times.toSorted((a, b) => a - b);
      const { p50, max } = summary(times);
      return { what, times: times.length, p50, p95: percentile(sorted, 0.95), max };
    });
    const load = { people: people.length, rate: others.rate() };
    if (options.json) console.log(JSON.stringify({ ...load, rows }, null, 2));
    else {
      console.log(`${load.people} people type, ${load.rate.toFixed(1)} messages a second arrive\n`);
      const shown = (ms: number) => ms.toFixed(0);
      console.log(
        table(
          rows.map(({ what, times, p50, p95, max }) => ({
            ...{ what, times, 'p50 ms': shown(p50), 'p95 ms': shown(p95), 'max ms': shown(max) },
            'wanted ms': WANTED_MS[what as keyof typeof WANTED_MS],
          })),
        ),
      );
    }
    const [cold, ...busy] = rows;
    const isSlow = (cold?.p50 ?? 0) > WANTED_MS['first usable screen, cold'];
    if (isSlow || busy.some(({ what, p95 }) => p95 > WANTED_MS[what as keyof typeof WANTED_MS])) process.exitCode = 1;
  } finally {
    await browser.close();
    await ended(child);
  }
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
