import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { inBrowser, type Visitor } from '../people.ts';
import { see } from '../see.ts';

const PASSWORD = 'correct horse battery staple';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1';

/** How many states this browser keeps to open the app with. */
const keptStates = (page: Visitor['page']) =>
  page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('atrium'));
    const count = await done(database.transaction('state').objectStore('state').count());
    database.close();
    return count;
  });
const password = (page: Visitor['page']) => page.getByLabel('Password', { exact: true });

it('changes my name and zone, and how the app looks and which language it speaks', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    const ben = await server.person('Ben Koch');
    await ben.call('users.updateMe', { username: 'ben' });
    const { page, faults, signIn } = await visit('Ann', { colorScheme: 'light', timezoneId: 'Europe/Berlin' });
    await signIn(ann);
    const title = page.getByRole('heading', { level: 1 });
    const save = page.getByRole('button', { name: 'Save' });

    await page.goto(`${server.origin}/account`);
    await see(page).toHaveURL(/\/account\/profile$/);
    await page.getByLabel('Name', { exact: true }).fill('A');
    await page.keyboard.press('Enter');
    await see(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/at least 2 characters/);
    await page.getByLabel('Name', { exact: true }).fill('Ann Fischer');
    faults.expect(/409 \(Conflict\).*users\/me/);
    await page.getByLabel('User name').fill('ben');
    await page.keyboard.press('Enter');
    await see(page.getByLabel('User name')).toBeFocused();
    await see(page.getByLabel('User name')).toHaveAccessibleDescription(/taken/);
    await page.getByLabel('User name').fill('ann.fischer');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await save.click();
    await see(page.getByRole('main').getByText('Saved', { exact: true })).toBeVisible();
    await see(page.getByRole('button', { name: 'You: Ann Fischer' })).toBeVisible();
    expect(await ann.call('users.me', {})).toMatchObject({
      name: 'Ann Fischer',
      username: 'ann.fischer',
      timezone: 'Asia/Tokyo',
    });

    for (const [tag, name, [button, heading, saved]] of [
      ['de', 'Deutsch', ['Speichern', 'Profil', 'Gespeichert']],
      ['ja', '日本語', ['保存', 'プロフィール', '保存しました']],
    ] as const) {
      await page.locator('select[name=locale]').focus();
      await page.locator('select[name=locale]').selectOption(name);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await see(page.getByRole('main').getByText(saved, { exact: true })).toBeVisible();
      await see(title).toHaveText(heading);
      await page.reload();
      await see(title).toHaveText(heading);
      await see(page.getByRole('button', { name: button })).toBeVisible();
      await see(page.locator('html')).toHaveAttribute('lang', tag);
      expect((await ann.call('users.me', {})).locale).toBe(tag);
    }
    await page.locator('select[name=locale]').selectOption('English');
    await page.getByRole('button', { name: '保存' }).click();
    await see(title).toHaveText('Profile');

    // The language belongs to the account: it is the same on another device, whatever that one's browser speaks.
    const office = await visit('Ann at work', { locale: 'de-DE' });
    await office.page.goto(`${server.origin}/sign-in`);
    await see(office.page.locator('html')).toHaveAttribute('lang', 'de');
    await office.page.getByLabel('E-Mail').fill(ann.email);
    await office.page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
    await office.page.keyboard.press('Enter');
    await see(office.page.getByRole('link', { name: 'Today' })).toBeVisible();
    await page.locator('select[name=locale]').selectOption('Deutsch');
    await save.click();
    await see(office.page.getByRole('link', { name: 'Heute' })).toBeVisible();
    await page.locator('select[name=locale]').selectOption('English');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await see(title).toHaveText('Profile');
    await office.page.goto(`${server.origin}/account/profile?language=de`);
    await see(office.page.getByRole('heading', { level: 1 })).toHaveText('Profil');

    await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Appearance' }).click();
    const look = () =>
      page.evaluate(() => {
        const { colorScheme } = getComputedStyle(document.documentElement);
        const [, red = ''] = /(\d+)/.exec(getComputedStyle(document.body).backgroundColor) ?? [];
        const row = document.querySelector('nav a')?.getBoundingClientRect().height ?? 0;
        return { colorScheme, isDark: Number(red) < 128, row };
      });
    const before = await look();
    expect(before.isDark).toBe(false);
    await page.getByRole('radio', { name: 'As the system' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await see(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await expect.poll(look).toMatchObject({ colorScheme: 'dark', isDark: true });
    await page.keyboard.press('Tab');
    await see(page.getByRole('radio', { name: 'Comfortable' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await look()).row).toBeLessThan(before.row);
    const after = await look();
    await page.reload();
    await see(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
    await see(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
    expect(await look()).toEqual(after);
  });
});

it('makes and revokes an API token, ends a session, takes a copy of my data, and deletes the account', async () => {
  await inBrowser(async ({ server, visit }) => {
    await server.person('Admin');
    const ann = await server.person('Ann Weber');
    const [laptop, phone, tablet] = [
      await visit('Laptop'),
      await visit('Phone', { userAgent: IPHONE, viewport: { width: 390, height: 844 } }),
      await visit('Tablet'),
    ];
    for (const each of [laptop, phone, tablet]) await each.signIn(ann);
    const { page, faults } = laptop;

    await page.goto(`${server.origin}/account/tokens`);
    const withToken = (secret: string, init: RequestInit = {}) =>
      fetch(`${server.origin}/api/v1/users/me`, {
        ...init,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      });
    const create = async (name: string) => {
      await page.getByLabel('Name', { exact: true }).fill(name);
      await password(page).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await see(page.getByRole('list', { name: 'API tokens' })).toContainText(name);
      return page.getByLabel('Your new token').inputValue();
    };
    faults.expect(/40\d \(.*\/tokens/);
    await page.getByLabel('Name', { exact: true }).fill('Backup');
    await password(page).fill('not this one');
    await page.keyboard.press('Enter');
    await see(password(page)).toBeFocused();
    await see(page.getByRole('list', { name: 'API tokens' })).toHaveCount(0);
    const secret = await create('Backup');
    const answer = await withToken(secret);
    expect([answer.status, await answer.json()]).toMatchObject([200, { id: ann.userId }]);
    expect((await withToken(secret, { method: 'PATCH', body: '{"name":"Eve"}' })).status).toBe(403);
    await page.reload();
    const backup = page.getByRole('list', { name: 'API tokens' }).getByRole('listitem').filter({ hasText: 'Backup' });
    await see(backup).toContainText('read');
    expect(await page.content()).not.toContain(secret);

    const report = await create('Report');
    expect(report).not.toBe(secret);
    await backup.getByRole('button', { name: 'Revoke' }).focus();
    await page.keyboard.press('Enter');
    await see(backup).toHaveCount(0);
    expect((await withToken(secret)).status).toBe(401);
    // It is of no use any more once its token is revoked.
    await see(page.getByLabel('Your new token')).toHaveValue(report);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await see(page.getByLabel('Your new token')).toHaveCount(0);
    expect((await withToken(report)).status).toBe(401);

    await page.goto(`${server.origin}/account/devices`);
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
    await see(devices.filter({ hasText: 'This device' })).toContainText('Chrome, Linux');
    const onPhone = devices.filter({ hasText: 'Safari, iOS' });
    phone.faults.expect(/401|403/);
    await onPhone.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await see(onPhone).toHaveCount(0);
    await see(phone.page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible();
    await see(devices.filter({ hasText: 'Chrome, Linux' })).toHaveCount(2);

    await page.goto(`${server.origin}/account/data`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^atrium-\d{4}-\d\d-\d\d\.zip$/);
    const files = unzipSync(new Uint8Array(await readFile(await download.path())));
    expect(JSON.parse(strFromU8(files['profile.json']!))).toMatchObject([{ id: ann.userId, email: ann.email }]);
    expect((await fetch(download.url())).status).toBe(404);

    await page.getByRole('button', { name: 'Delete my account' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
    faults.expect(/40\d \(.*\/users\/me/);
    await password(page).fill('not this one');
    await page.keyboard.press('Enter');
    await see(password(page)).toHaveAccessibleDescription(/wrong/);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await see(dialog).toBeHidden();
    expect((await ann.call('users.me', {})).email).toBe(ann.email);
    await page.getByRole('button', { name: 'Delete my account' }).click();
    tablet.faults.expect(/401|403/);
    await see(password(page)).toHaveValue('');
    await expect.poll(() => keptStates(page)).toBe(1);
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await see(page).toHaveURL(/\/sign-in$/);
    expect(await keptStates(page)).toBe(0);
    await see(tablet.page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible();

    faults.expect(/401 \(Unauthorized\).*auth\/login/);
    await page.getByLabel('E-mail').fill(ann.email);
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await see(page.getByRole('alert')).toContainText('E-mail address or password is wrong.');
    await page.goto(`${server.origin}/account/data`);
    await see(page).toHaveURL(/\/sign-in/);
  });
});
