import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { type Faults, watch } from './guards.ts';

/** A person at a browser of their own: nothing is shared with another's. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  faults: Faults;
}

/** Starts Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** Opens a browser profile for one person. */
export async function visitor(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const faults = await watch(context, name);
  return { context, page: await context.newPage(), faults };
}
