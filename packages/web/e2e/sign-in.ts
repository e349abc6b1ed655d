import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import type { Person } from '../../server/test/app.ts';
import { type Faults, watch } from './guards.ts';

/** A browser profile that several tests of one file share. */
export interface Profile {
  context: BrowserContext;
  page: Page;
  faults: Faults;
}

/** Somebody with an account at a browser of their own. */
export interface Somebody extends Profile {
  person: Person;
  /** Opens an address of the app. */
  open: (address: string) => Promise<void>;
}

/** Starts Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** Opens a browser profile. */
export async function profile(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Profile> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    serviceWorkers: 'block',
    ...options,
  });
  const faults = await watch(context, name);
  return { context, page: await context.newPage(), faults };
}

/** Signs in by cookie, as the app itself does it, and leaves the hint by which it knows that it may be signed in. */
export async function signInByCookie(
  context: BrowserContext,
  origin: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const data = { email, password, transport: 'cookie', remember: true };
  const answer = await context.request.post(`${origin}/api/v1/auth/login`, { data, headers: { origin } });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${await answer.text()}`);
  await context.addInitScript(() => {
    if (location.protocol.startsWith('http')) localStorage.setItem('atrium:session', 'yes');
  });
}

/** Opens a browser profile that is signed in. */
export async function signedIn(
  browser: Browser,
  origin: string,
  person: Person,
  options: BrowserContextOptions = {},
): Promise<Somebody> {
  const one = await profile(browser, person.me.name, options);
  await signInByCookie(one.context, origin, person);
  return {
    ...one,
    person,
    open: async (address) => {
      await one.page.goto(origin + address);
    },
  };
}
