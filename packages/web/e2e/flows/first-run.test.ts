import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('leads from an empty instance to the first message, with something to do at each step', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { page, faults } = await visit('Ann', { timezoneId: 'America/Lima' });
    await page.goto(`${server.origin}/inbox`);
    await see(page).toHaveURL(/\/welcome$/);
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Make this place yours');

    // What is wrong stands beside its field, which gets the focus; nothing typed is lost.
    await page.getByLabel('Name').fill('Ann Weber');
    await page.getByLabel('E-mail').fill('ann');
    await page.getByRole('button', { name: 'Continue' }).click();
    await see(page.getByLabel('E-mail')).toBeFocused();
    await see(page.getByLabel('E-mail')).toHaveAccessibleDescription(/ann@example.org/);
    await page.getByLabel('E-mail').fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill('password1');
    faults.expect(/400 \(Bad Request\).*auth\/register/);
    await page.getByRole('button', { name: 'Continue' }).click();
    await see(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/too easy to guess/);
    await page.getByLabel('Password', { exact: true }).fill('seven herons by the weir');
    await page.getByRole('button', { name: 'Continue' }).click();

    await see(page.getByRole('heading', { level: 1 })).toHaveText('What do you call your team?');
    const ann = await page.evaluate(async () => (await fetch('/api/v1/users/me')).json());
    expect(ann).toMatchObject({ locale: 'en-GB', timezone: 'America/Lima' });
    await page.getByLabel('Name').fill('Garden');
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Bring the others in');
    await see(page.getByLabel('Link to join')).toHaveValue(new RegExp(`^${server.origin}/join#[A-Z0-9-]+$`));
    await page.getByRole('button', { name: 'Open the workspace' }).click();

    await see(page.getByRole('heading', { level: 1 })).toHaveText(/^Good \w+, Ann$/);
    await see(page.getByRole('link', { name: /Add a task/ })).toBeVisible();
    await page.getByRole('link', { name: /Write the first message/ }).click();
    await page.getByRole('textbox', { name: /Message/ }).fill('Is anybody here?');
    await page.keyboard.press('Enter');
    await see(page.getByRole('article').filter({ hasText: 'Is anybody here?' })).toBeVisible();
    await see(page).toHaveTitle(/general · Atrium$/);
  });
});

it('fills a new instance with demo data, to look around in', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { page } = await visit('Ann');
    await page.goto(server.origin);
    await page.getByLabel('Name').fill('Ann Weber');
    await page.getByLabel('E-mail').fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill('seven herons by the weir');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Look around with demo data' }).click();
    await see(page.getByRole('heading', { level: 1 })).toHaveText(/^Good \w+, Ann$/, { timeout: 60_000 });
    await see(page.getByRole('link', { name: /Cover the beds for the frost/ }).first()).toBeVisible();
    await page
      .getByRole('link', { name: /general/ })
      .first()
      .click();
    await see(page.getByRole('article').filter({ hasText: 'Bed 1 to 4 are covered' })).toBeVisible();
  });
});
