import { it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('keeps a day while it is typed, part by part, in every filter by date', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const { page, signIn } = await visit('Ann');
    await signIn(people[0]!);
    for (const [address, name, [first, other]] of [
      ['/search?q=frost', 'Since', ['2026-02-02', '2026-03-03']],
      ['/admin/audit', 'From', ['2026-02-02', '2026-03-03']],
      [`/w/${workspaceId}/settings/analytics?from=2026-01-01&to=2026-06-30`, 'From', ['2026-02-02', '2026-03-03']],
    ] as const) {
      await page.goto(server.origin + address);
      const field = page.getByRole('main').getByLabel(name, { exact: true });
      await field.focus();
      // The same in the order of day and month that the browser chose.
      await page.keyboard.type('02022026');
      await see(field).toHaveValue(first);
      await see(page).toHaveURL(new RegExp(first));
      await field.blur();
      await field.focus();
      await page.keyboard.press('Backspace');
      await page.keyboard.type('03032026');
      await see(field).toHaveValue(other);
      await see(page).toHaveURL(new RegExp(other));
      // What is left half-typed gives way to the day that is in use.
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Backspace');
      await field.evaluate((input) => (input as HTMLInputElement).blur());
      await see(field).toHaveValue(other);
    }
  });
});
