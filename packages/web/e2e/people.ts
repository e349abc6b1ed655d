import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { expect } from 'vitest';
import type { Person } from '../../server/test/app.ts';
import { type Faults, watch } from './guards.ts';
import { type Server, startServer } from './server.ts';
import { openBrowser } from './sign-in.ts';

/** A person at a browser of their own: nothing is shared with another's. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  faults: Faults;
  /** Signs in by the form. */
  signIn(person: Person): Promise<void>;
}

/** What a test in browsers is given. */
export interface World {
  server: Server;
  /** Opens a browser for somebody. */
  visit(name: string, options?: BrowserContextOptions): Promise<Visitor>;
}

/** How long a page may take to show what it should: machines that run tests have much else to do. */
const PATIENCE_MS = 20_000;

let running: Promise<Browser> | undefined;

/** One Chromium for all tests of a worker, which ends with it: starting one takes as long as a short test. */
async function sharedBrowser(): Promise<Browser> {
  running ??= openBrowser();
  const browser = await running;
  if (browser.isConnected()) return browser;
  running = openBrowser();
  return running;
}

/**
 * Runs a test with a server of its own, and browser contexts, which share nothing with those of other tests. Fails when something went wrong on a page that the test did not
 * announce, or in the server.
 */
export async function inBrowser(
  test: (world: World) => Promise<void>,
  options: Parameters<typeof startServer>[0] = {},
): Promise<void> {
  const [server, browser] = await Promise.all([startServer(options), sharedBrowser()]);
  const visitors: Visitor[] = [];
  const contexts: BrowserContext[] = [];
  try {
    await test({
      server,
      async visit(name, contextOptions) {
        const context = await browser.newContext({
          viewport: { width: 1440, height: 900 },
          locale: 'en-GB',
          // It fetches the whole app for each new browser; a test that is about it lets it in.
          serviceWorkers: 'block',
          ...contextOptions,
        });
        contexts.push(context);
        context.setDefaultTimeout(PATIENCE_MS);
        const faults = await watch(context, name);
        const page = await context.newPage();
        const visitor = { context, page, faults, signIn: (person: Person) => signIn(page, server, person) };
        visitors.push(visitor);
        return visitor;
      },
    });
    expect(visitors.flatMap(({ faults }) => faults.seen)).toEqual([]);
    expect(server.faults).toEqual([]);
  } finally {
    await Promise.allSettled(contexts.map((context) => context.close()));
    await server.close();
  }
}

async function signIn(page: Page, server: Server, { email, password }: Person): Promise<void> {
  await page.goto(`${server.origin}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.origin}/today`);
}
