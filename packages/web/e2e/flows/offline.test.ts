import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, it, onTestFinished } from 'vitest';
import { inBrowser } from '../people.ts';
import { startProxy } from '../proxy.ts';
import { see } from '../see.ts';

const DIST = path.resolve(import.meta.dirname, '../../dist');

/** A copy of the built app, so that a new version can be put in its place. */
async function copyOfApp(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-app-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(DIST, folder, { recursive: true });
  return folder;
}

/** Until the service worker has all files and looks after this page. */
const isKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? 'none')).toBe('activated');

it('opens without a connection to what was last seen, sends what is written then, and takes a new version', async () => {
  const folder = await copyOfApp();
  await inBrowser(
    async ({ server, visit }) => {
      const proxy = await startProxy(Number(new URL(server.origin).port));
      onTestFinished(() => proxy.close());
      const ann = await server.person('Ann Weber');
      const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
      const channel = { workspaceId, kind: 'channel' as const, name: 'greenhouse' };
      const { id: conversationId } = await ann.call('conversations.create', channel);
      await ann.call('messages.send', {
        conversationId,
        content: 'The frame is glazed',
        clientMessageId: randomUUID(),
      });
      const { page, faults } = await visit('Ann', { serviceWorkers: 'allow' });
      await page.goto(`${proxy.origin}/sign-in`);
      await page.getByLabel('E-mail').fill(ann.email);
      await page.getByLabel('Password', { exact: true }).fill(ann.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${proxy.origin}/today`);
      await page.goto(`${proxy.origin}/c/${conversationId}`);
      await see(page.getByText('The frame is glazed')).toBeVisible();
      await isKept(page);
      // The state is saved a moment after it has changed.
      const isSaved = () =>
        page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'atrium'));
      await expect.poll(isSaved).toBe(true);
      await page.waitForTimeout(2_500);

      faults.expect(/net::ERR|WebSocket|Failed to load resource|fetch/i);
      proxy.cut();
      await page.goto(`${proxy.origin}/c/${conversationId}`);
      await see(page.getByText('The frame is glazed')).toBeVisible();
      await see(page.getByText('Not connected. Messages are sent')).toBeVisible();
      const composer = page.getByRole('textbox', { name: 'Message #greenhouse' });
      await composer.fill('Written on the train');
      await composer.press('Enter');
      await see(page.getByText('Written on the train')).toBeVisible();
      proxy.mend();
      await expect
        .poll(async () => {
          const { items } = await ann.call('messages.list', { conversationId });
          return items.map(({ content }) => content);
        })
        .toContain('Written on the train');

      // A new version waits for the person's word and keeps the draft.
      const worker = path.join(folder, 'sw.js');
      await writeFile(worker, (await readFile(worker, 'utf8')).replace(/\+"[\w-]{12}"/, '+"next"'));
      await composer.fill('Half a thought');
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      await page.getByText('A new version of Atrium is here').waitFor();
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
      await see(page.getByText('Written on the train')).toBeVisible();
      await see(composer).toHaveValue('Half a thought');
      const caches = () => page.evaluate(() => window.caches.keys());
      await expect.poll(caches).toEqual(['atrium-app-next']);
    },
    { webApp: folder },
  );
});

it('can be installed', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { page } = await visit('Ann');
    await page.goto(server.origin);
    const href = await page.locator('link[rel=manifest]').getAttribute('href');
    const manifest = await (await page.request.get(server.origin + href)).json();
    expect(manifest).toMatchObject({ name: 'Atrium', start_url: '/', scope: '/', display: 'standalone' });
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      expect(size).toBe(sizes);
    }
  });
});
