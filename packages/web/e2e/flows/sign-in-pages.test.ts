import { expect, it } from 'vitest';
import { appCode } from '../../../server/src/modules/identity/test/authenticator.ts';
import { fromMail, linkFromMail } from '../mail.ts';
import { inBrowser, type Visitor } from '../people.ts';
import { see } from '../see.ts';

const PASSWORD = 'correct horse battery staple';
const password = (page: Visitor['page']) => page.getByLabel(/^(New p|P)assword$/);

it('signs up, verifies by the mailed code, and signs in again', async () => {
  await inBrowser(async ({ server, visit }) => {
    await server.person('Admin');
    const { page, faults } = await visit('Ben');
    await page.goto(`${server.origin}/sign-up`);
    await page.getByLabel('Name').fill('Ben Koch');
    await page.getByLabel('E-mail').fill('ben@example.org');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();

    await see(page.getByRole('heading', { level: 1 })).toHaveText('Verify your address');
    faults.expect(/400 \(Bad Request\).*verify-email/);
    await page.getByLabel('Code from the mail').fill('000000');
    await page.getByRole('button', { name: 'Verify' }).click();
    await see(page.getByLabel('Code from the mail')).toHaveAccessibleDescription(/is wrong/);
    await page.getByLabel('Code from the mail').fill(await fromMail(server, 'ben@example.org', /#code=(\d{6})/));
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { level: 1 })).toHaveText(/Ben$/);

    await page.getByRole('button', { name: 'You: Ben Koch' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await see(page).toHaveURL(/\/sign-in$/);
    await page.getByLabel('E-mail').fill('ben@example.org');
    faults.expect(/401 \(Unauthorized\).*auth\/login/);
    await password(page).fill('not this one');
    await page.keyboard.press('Enter');
    await see(page.getByRole('alert')).toContainText('E-mail address or password is wrong.');
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { level: 1 })).toHaveText(/Ben$/);
  });
});

it('verifies an address by the link of the mail, after signing in', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { email } = await server.person('Cleo', { verified: false });
    const { page } = await visit('Cleo');
    await page.goto(await linkFromMail(server, email, 'verify-email'));
    // The secret of the link goes through no address that a server sees.
    await see(page).toHaveURL(/\/sign-in\?returnTo=%2Fverify-email$/);
    await page.getByLabel('E-mail').fill(email);
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await see(page).toHaveURL(/\/today$/);
    expect((await server.call('auth.login', { email, password: PASSWORD })).user?.emailVerified).toBe(true);
  });
});

it('sets a new password for whoever forgot it, and says when a link is incomplete', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { email } = await server.person('Dara');
    const { page } = await visit('Dara');
    await page.goto(`${server.origin}/sign-in`);
    await page.getByRole('link', { name: 'Forgot it?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail');
    await page.goto(await linkFromMail(server, email, 'reset-password'));
    await password(page).fill('short');
    await page.keyboard.press('Enter');
    await see(password(page)).toHaveAccessibleDescription('Use at least 8 characters.');
    const longest = 'ñüéàöçîõ'.repeat(16);
    await password(page).fill(longest.normalize('NFD'));
    await page.getByRole('button', { name: 'Show password' }).click();
    await see(password(page)).toHaveAttribute('type', 'text');
    await page.getByRole('button', { name: 'Set password' }).click();
    await see(page.getByRole('heading', { level: 1 })).toHaveText('The new password is set');
    expect(page.url()).toBe(`${server.origin}/reset-password`);
    expect(await server.call('auth.login', { email, password: longest })).toHaveProperty('user');
    await page.goto(`${server.origin}/reopen-sign-in`);
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Something is missing');
  });
});

it('asks for a second step once it is turned on: a code of the app, or one for the worst case', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { email } = await server.person('Emil');
    const { page, faults } = await visit('Emil');
    const enter = async () => {
      await page.goto(`${server.origin}/sign-in`);
      await page.getByLabel('E-mail').fill(email);
      await password(page).fill(PASSWORD);
      await page.keyboard.press('Enter');
    };
    await enter();
    await see(page).toHaveURL(/\/today$/);
    await page.goto(`${server.origin}/account/security`);
    await page.getByRole('listitem').filter({ hasText: 'Authenticator app' }).getByRole('button').click();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await see(page.getByRole('img', { name: /QR code/ })).toBeVisible();
    const secret = await page.getByLabel('Secret').inputValue();
    const code = appCode(secret);
    await page.getByLabel('Code', { exact: true }).focus();
    await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`);
    await see(page.getByLabel('Code', { exact: true })).toHaveValue(code);
    await page.getByRole('button', { name: 'Turn on' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await see(codes).not.toHaveCount(0);
    const [recovery = ''] = await codes.allInnerTexts();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: /^You: / }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await see(page).toHaveURL(/\/sign-in$/);

    await enter();
    faults.expect(/401 \(Unauthorized\).*verify-otp/);
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.keyboard.press('Enter');
    await see(page.getByLabel('Code', { exact: true })).toHaveAccessibleDescription(/is wrong/);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recovery);
    await page.keyboard.press('Enter');
    await see(page).toHaveURL(/\/today$/);
  });
});

it('takes a mailed code as the second step, and signs out all other devices', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { email } = await server.person('Gita');
    const [laptop, phone] = [await visit('Laptop'), await visit('Phone')];
    const enter = async ({ page }: Visitor) => {
      await page.goto(`${server.origin}/sign-in`);
      await page.getByLabel('E-mail').fill(email);
      await password(page).fill(PASSWORD);
      await page.keyboard.press('Enter');
    };
    const codeFromMail = async (before: string) => {
      const newest = () => fromMail(server, email, /Subject: (\d{6}) is your code$/m);
      await expect.poll(newest).not.toBe(before);
      return newest();
    };
    await enter(laptop);
    await see(laptop.page).toHaveURL(/\/today$/);
    await laptop.page.goto(`${server.origin}/account/security`);
    const mailed = laptop.page.getByRole('listitem').filter({ hasText: 'A code is mailed to you' });
    await mailed.getByRole('button').click();
    await laptop.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await laptop.page.getByRole('button', { name: 'Continue' }).click();
    await see(laptop.page.getByText('A code was mailed to you. Enter it here.')).toBeVisible();
    const first = await codeFromMail('');
    await laptop.page.getByLabel('Code', { exact: true }).fill(first);
    await laptop.page.getByRole('button', { name: 'Turn on' }).click();
    await laptop.page.getByRole('button', { name: 'I have kept them' }).click();
    await see(mailed).toContainText('On');

    await enter(phone);
    await see(phone.page.getByText('Enter the code that was mailed to you.')).toBeVisible();
    const second = await codeFromMail(first);
    await phone.page.getByLabel('Code', { exact: true }).fill(second);
    await phone.page.keyboard.press('Enter');
    await see(phone.page).toHaveURL(/\/today$/);

    phone.faults.expect(/401|403/);
    await laptop.page.goto(`${server.origin}/account/devices`);
    await laptop.page.getByRole('button', { name: 'Sign out all others' }).click();
    await see(phone.page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible();
  });
});
