/** `npm run screens`: pictures of every page, at three widths, in both themes, with demo data. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openPage } from '../open-page.ts';
import { openBrowser, profile, signInByCookie } from '../sign-in.ts';
import { fillWithDemo, openAccount, PERSON } from './demo.ts';
import { FIRST, INSIDE, OUTSIDE, type Places, type Screen } from './pages.ts';
import { startScreensServer } from './server.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    to: { type: 'string', default: path.resolve(import.meta.dirname, '../../../../docs/screens') },
    locale: { type: 'string', default: 'en-GB' },
    width: { type: 'string' },
    theme: { type: 'string' },
  },
});

const SIZES = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
].filter(({ width }) => values.width === undefined || values.width === String(width));
const THEMES = (['light', 'dark'] as const).filter((theme) => values.theme === undefined || values.theme === theme);
/** The clock stands still at these instants: pictures must not change from run to run. */
const START_AT = new Date('2026-11-24T08:42:20.500Z');
const ACCOUNT_AT = new Date('2026-11-24T08:42:50.500Z');
const DEMO_AT = new Date('2026-11-24T08:43:20.500Z');
const SEEN_AT = new Date('2026-11-24T09:06:32.500Z');
const QUIET_MS = 400;
const QUALITY = 55;

const wanted = ({ name }: Screen) =>
  values.only === '' || values.only.split(',').some((only) => name === only || name.startsWith(`${only}-`));

/** Runs in the page: resolves when nothing on it has changed for so long, and its pictures and faces are there. */
async function untilQuiet(quietMs: number): Promise<void> {
  await document.fonts.ready;
  for (;;) {
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, quietMs);
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, quietMs);
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    if ([...document.images].every(({ complete }) => complete)) return;
  }
}

/** Takes the pictures of one page. */
async function photograph(
  page: Page,
  origin: string,
  { name, path: address, anew }: Screen,
  places: Places,
): Promise<void> {
  const [first] = SIZES;
  if (first) await page.setViewportSize(first);
  const devtools = await page.context().newCDPSession(page);
  const open = () => openPage(page, origin + address(places));
  await open();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    // A history keeps its place when the width changes, which need not be its end.
    if (anew && size !== first) await open();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(untilQuiet, QUIET_MS);
      const file = path.join(values.to, `${name}-${size.width}-${colorScheme}.webp`);
      const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
      await writeFile(file, Buffer.from(data, 'base64'));
    }
  }
  process.stdout.write(`${name}\n`);
}

const server = await startScreensServer(START_AT);
const browser = await openBrowser();
try {
  if (values.only === '') await rm(values.to, { recursive: true, force: true });
  await mkdir(values.to, { recursive: true });
  const options = { locale: values.locale, timezoneId: 'Europe/Berlin' };
  const stranger = await profile(browser, 'Stranger', options);
  await stranger.context.clock.setFixedTime(START_AT);
  const nowhere = {} as Places;
  for (const screen of FIRST.filter(wanted)) await photograph(stranger.page, server.origin, screen, nowhere);
  // What has been asked of the server so far has taken ids: with another instant they begin anew.
  await server.clock.set(ACCOUNT_AT);
  const client = await openAccount(server);
  await server.clock.set(DEMO_AT);
  const places = await fillWithDemo(client);
  await server.clock.set(SEEN_AT);
  for (const screen of OUTSIDE.filter(wanted)) await photograph(stranger.page, server.origin, screen, places);
  const ann = await profile(browser, PERSON.name, options);
  await ann.context.clock.setFixedTime(SEEN_AT);
  await signInByCookie(ann.context, server.origin, PERSON);
  for (const screen of INSIDE.filter(wanted)) await photograph(ann.page, server.origin, screen, places);
  const faults = [...stranger.faults.seen, ...ann.faults.seen];
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.close();
}
