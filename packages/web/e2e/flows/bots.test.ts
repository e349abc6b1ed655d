import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('makes a bot, shows its token once, deletes both, and does not let the only owner leave', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const { page, signIn } = await visit('Ann');
    await signIn(people[0]!);
    await page.goto(`${server.origin}/w/${workspaceId}/settings/bots`);
    await page.getByLabel('Name').fill('Deploys');
    await page.keyboard.press('Enter');
    const bot = page.getByRole('list', { name: 'Bots' }).getByRole('listitem').filter({ hasText: 'Deploys' });
    const newToken = bot.getByRole('button', { name: 'New token' });
    await newToken.focus();
    await page.keyboard.press('Enter');
    const token = page.getByLabel('Token of Deploys');
    const secret = await token.inputValue();
    const me = () => fetch(`${server.origin}/api/v1/users/me`, { headers: { authorization: `Bearer ${secret}` } });
    const answer = await me();
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: 'Deploys' }]);
    await page.reload();
    await see(newToken).toBeVisible();
    expect(await page.content()).not.toContain(secret);

    await newToken.click();
    await see(token).toBeVisible();
    await bot.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('alertdialog', { name: 'Delete Deploys?' });
    await see(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await see(question).toBeHidden();
    expect((await me()).status).toBe(200);
    await bot.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete bot' }).click();
    await see(bot).toHaveCount(0);
    // A token of no use is not shown.
    await see(token).toHaveCount(0);
    expect((await me()).status).toBe(401);

    // The only owner is told why they cannot leave.
    await page.goto(`${server.origin}/w/${workspaceId}/settings/general`);
    const leave = page.getByRole('button', { name: 'Leave workspace' });
    await see(leave).toBeDisabled();
    await see(leave).toHaveAccessibleDescription('Make somebody else an owner first.');
  });
});
