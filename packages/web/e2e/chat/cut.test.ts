import { createClient } from '@atrium/client';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../server/test/database.ts';
import { type ServerProcess, serverProcess } from '../process.ts';
import { type NetworkProxy, startProxy } from '../proxy.ts';
import { openBrowser, type Profile, profile, signInByCookie } from '../sign-in.ts';

/** The connection is cut while both write, and the server is killed and started again before it is back. */
let database: Awaited<ReturnType<typeof testDatabase>>;
let server: ServerProcess;
let proxy: NetworkProxy;
let browser: Browser;
let ann: Profile;
let ben: Profile;
let conversationId: string;
const PASSWORD = 'correct horse battery staple';

async function person(origin: string, name: string) {
  const client = createClient({ url: origin });
  const email = `${name.toLowerCase()}@example.org`;
  await client.api.auth.register({ name, email, password: PASSWORD });
  await database.pool.query('update account set email_verified_at = now() where email = $1', [email]);
  await client.signIn({ email, password: PASSWORD });
  return client;
}

async function atBrowser(name: string, origin: string): Promise<Profile> {
  const one = await profile(browser, name);
  await signInByCookie(one.context, origin, { email: `${name.toLowerCase()}@example.org`, password: PASSWORD });
  await one.page.goto(`${origin}/c/${conversationId}`);
  await composer(one).waitFor();
  return one;
}

const composer = ({ page }: Profile) => page.getByRole('textbox', { name: 'Message #greenhouse' });
const texts = ({ page }: Profile) => page.getByRole('article').locator('p[class*=paragraph]').allInnerTexts();
const write = async (who: Profile, text: string) => {
  await composer(who).fill(text);
  await composer(who).press('Enter');
};

/** What is fetched when it is first needed is there from then on. */
async function openPicker({ page }: Profile): Promise<void> {
  await page.getByRole('article').last().hover();
  await page.getByRole('button', { name: 'React' }).click();
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('Escape');
}

beforeAll(async () => {
  [database, browser] = await Promise.all([testDatabase(), openBrowser()]);
  server = await serverProcess(database.url);
  proxy = await startProxy(await server.start());
  const owner = await person(proxy.origin, 'Ann');
  const other = await person(proxy.origin, 'Ben');
  const { id: workspaceId } = await owner.api.workspaces.create({ name: 'Garden' });
  const { code } = await owner.api.workspaces.rotateJoinCode({ workspaceId });
  await other.api.workspaces.join({ code });
  const me = await other.api.users.me({});
  const channel = { workspaceId, kind: 'channel' as const, name: 'greenhouse', memberIds: [me.id] };
  conversationId = (await owner.api.conversations.create(channel)).id;
  [ann, ben] = await Promise.all([atBrowser('Ann', proxy.origin), atBrowser('Ben', proxy.origin)]);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.close();
  await database?.close();
});

it('sends what was written meanwhile, each once and in order', async () => {
  await write(ann, 'before');
  await ben.page.getByRole('article').filter({ hasText: 'before' }).waitFor();
  for (const each of [ann, ben]) each.faults.expect(/ERR_|Failed to load|WebSocket|ws error|net::/);

  await openPicker(ann);
  await ann.context.setOffline(true);
  proxy.cut();
  for (const text of ['first', 'second', 'third']) await write(ann, text);
  const before = ann.page.getByRole('article').filter({ hasText: 'before' });
  await before.hover();
  await before.getByRole('button', { name: 'React' }).click();
  await ann.page.getByRole('searchbox', { name: 'Search emoji' }).fill('seedling');
  await ann.page.getByRole('gridcell', { name: 'seedling' }).click();
  await before.getByRole('button', { name: /🌱/ }).waitFor();
  await expect.poll(() => ann.page.getByRole('img', { name: 'Waiting for the connection' }).count()).toBe(3);
  await write(ben, 'from Ben');

  await server.kill();
  await server.start();
  proxy.mend();
  await ann.context.setOffline(false);

  for (const each of [ann, ben]) {
    await expect
      .poll(() => texts(each).then((all) => all.filter((text) => text === 'third').length), { timeout: 60_000 })
      .toBe(1);
    await expect
      .poll(() => texts(each).then((all) => all.filter((text) => text === 'from Ben').length), { timeout: 60_000 })
      .toBe(1);
    const all = await texts(each);
    expect(all.filter((text) => ['first', 'second', 'third'].includes(text))).toEqual(['first', 'second', 'third']);
    expect(all.filter((text) => text === 'before')).toHaveLength(1);
  }
  await expect.poll(() => ann.page.getByRole('img', { name: 'Waiting for the connection' }).count()).toBe(0);
  await expect.poll(() => texts(ann)).toEqual(await texts(ben));
  await ben.page
    .getByRole('article')
    .filter({ hasText: 'before' })
    .getByRole('button', { name: /🌱.*Ann/ })
    .waitFor();
}, 180_000);

it('keeps what was written through a reload without a connection to the server', async () => {
  proxy.cut();
  await write(ann, 'kept through a reload');
  await composer(ann).fill('half a sentence');
  proxy.mend();
  await ann.page.reload();
  await ann.page.getByRole('article').filter({ hasText: 'kept through a reload' }).waitFor();
  await expect.poll(() => composer(ann).inputValue()).toBe('half a sentence');
  await ben.page.getByRole('article').filter({ hasText: 'kept through a reload' }).waitFor();
  expect([...ann.faults.seen, ...ben.faults.seen]).toEqual([]);
}, 120_000);
