import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { chosenFile as file, drawnPicture as photo } from '../pictures.ts';
import { see } from '../see.ts';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
/** Drops a text file on an element, as from a folder of the machine. */
async function drop(page: Page, selector: string, name: string) {
  const dataTransfer = await page.evaluateHandle((filename) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Water the ferns'], filename, { type: 'text/plain' }));
    return transfer;
  }, name);
  for (const type of ['dragover', 'drop']) await page.dispatchEvent(selector, type, { dataTransfer });
}

/** Pastes into what has the focus, as programs of the desktop fill the clipboard. */
async function paste(page: Page, texts: Readonly<Record<string, string>>, pictures = 0) {
  await page.evaluate(
    ([data, count]) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
      for (let at = 0; at < count; at += 1) {
        clipboardData.items.add(new File([`picture ${at}`], `image-${at}.png`, { type: 'image/png' }));
      }
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      // Chromium inserts nothing for an event made by a script: what a browser does then is done here.
      if (document.activeElement?.dispatchEvent(event)) {
        document.execCommand('insertText', false, clipboardData.getData('text/plain'));
      }
    },
    [texts, pictures] as const,
  );
}

async function violations(page: Page): Promise<string[]> {
  await page.waitForTimeout(600);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await new AxeBuilder({ page }).withTags(tags).exclude('[data-base-ui-focus-guard]').analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

it('sends files with a message, which another person sees at once and looks at by keys', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = [await visit('Ann'), await visit('Ben', { viewport: { width: 390, height: 844 } })];
    const [annPerson, benPerson] = place.people;
    if (!annPerson || !benPerson) throw new Error('two people are needed');
    await Promise.all([ann.signIn(annPerson), ben.signIn(benPerson)]);
    await Promise.all([ann, ben].map(({ page }) => page.goto(`${server.origin}/c/${place.channelId}`)));

    const composer = ann.page.getByRole('form', { name: 'Composer' });
    await see(composer).toBeVisible();
    const chosen = [
      await photo(ann.page, 'north.png'),
      await photo(ann.page, 'south.png', { width: 300, height: 500 }),
      file('plan.pdf', 'application/pdf', pdf),
      file('film.txt', 'text/plain', Buffer.alloc(10 * 1024 * 1024 + 1, 'a')),
    ];
    await composer.locator('input[type=file]').setInputFiles(chosen);
    await see(composer.getByRole('status')).toContainText('film.txt');
    await drop(ann.page, 'form[aria-label=Composer]', 'ferns.txt');
    await composer.getByRole('button', { name: 'Remove ferns.txt' }).click();
    await composer.getByRole('textbox').fill('The beds');
    await composer.getByRole('textbox').press('Enter');

    const article = ben.page.getByRole('article').filter({ hasText: 'The beds' });
    await see(article.getByRole('img', { name: 'north.png' })).toBeVisible();
    await see(article.getByRole('button', { name: 'Download plan.pdf' })).toBeVisible();
    expect(await article.getByText('ferns.txt').count()).toBe(0);
    expect(await overflow(ben.page)).toBe(0);
    expect(await violations(ben.page)).toEqual([]);
    const north = article.getByRole('img', { name: 'north.png' });
    await expect.poll(() => north.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);
    await see(composer.getByRole('listitem')).toHaveCount(0);

    const [saved] = await Promise.all([
      ben.page.waitForEvent('download'),
      article.getByRole('button', { name: 'Download plan.pdf' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('plan.pdf');

    await article.getByRole('button', { name: 'View north.png' }).press('Enter');
    const viewer = ben.page.getByRole('dialog', { name: 'north.png' });
    await see(viewer.getByText('1 of 2')).toBeVisible();
    await ben.page.keyboard.press('ArrowRight');
    const second = ben.page.getByRole('dialog', { name: 'south.png' });
    await expect.poll(() => second.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(300);
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.keyboard.press('Escape');
    await see(second).toHaveCount(0);
    await see(article.getByRole('button', { name: 'View north.png' })).toBeFocused();

    await ann.page.goto(`${server.origin}/c/${place.channelId}/about?part=files`);
    const list = ann.page.getByRole('complementary').getByRole('list', { name: 'Files' });
    await see(list.getByRole('listitem')).toHaveCount(3);
    await see(list).toContainText('Ann Weber');
    // A file that is no picture has the icon of a file, before those to download and to delete it.
    await see(list.getByRole('listitem').filter({ hasText: 'plan.pdf' }).locator('svg')).toHaveCount(3);
    expect(await violations(ann.page)).toEqual([]);
    await list.getByRole('button', { name: 'Delete plan.pdf' }).click();
    await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await see(list.getByRole('listitem')).toHaveCount(2);
    await see(article.getByRole('button', { name: 'Download plan.pdf' })).toHaveCount(0);
    await list.getByRole('button', { name: 'View south.png' }).click();
    await see(ann.page.getByRole('dialog', { name: 'south.png' }).getByText(/of 2/)).toBeVisible();
  });
});

it('takes the text of cells, not the picture of them, pictures once, and a long text as a file', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber');
    const [person] = place.people;
    if (!person) throw new Error('somebody is needed');
    const { page, signIn } = await visit('Ann');
    await signIn(person);
    await page.goto(`${server.origin}/c/${place.channelId}`);
    const composer = page.getByRole('form', { name: 'Composer' });
    const text = composer.getByRole('textbox');
    const staged = composer.getByRole('button', { name: /^Remove / });
    await text.focus();
    const cells = { 'text/plain': 'Pots\t12\nSeeds\t3\n', 'text/html': '<table><tr><td>Pots</td></tr></table>' };
    await paste(page, cells, 1);
    await see(text).toHaveValue(cells['text/plain']);
    await see(staged).toHaveCount(0);
    await paste(page, { 'text/html': '<img src="https://pictures.example/pot.png">' }, 1);
    await see(staged).toHaveCount(1);
    await paste(page, {}, 2);
    await see(staged).toHaveCount(3);
    await see(text).toHaveValue(cells['text/plain']);

    const long = `${'We moved the pots. '.repeat(1_100)}the end`;
    await paste(page, { 'text/plain': long });
    await see(composer.getByRole('status')).toContainText('attached as a file');
    await see(text).toHaveValue(cells['text/plain']);
    for (let left = 3; left > 0; left -= 1) await staged.first().click();
    await text.press('Enter');
    const download = page.getByRole('article').getByRole('button', { name: 'Download Pasted text.txt' });
    await see(download).toBeVisible();
    const [saved] = await Promise.all([page.waitForEvent('download'), download.click()]);
    const parts = await (await saved.createReadStream()).toArray();
    expect(Buffer.concat(parts as Buffer[]).toString()).toBe(long);

    // Where there can be no file, it is said that the text was cut.
    await page.goto(`${server.origin}/account/profile`);
    const name = page.getByLabel('Name', { exact: true });
    await name.focus();
    await paste(page, { 'text/plain': 'Ann '.repeat(100) });
    await see(page.getByText('Not all of the text fits here').first()).toBeVisible();
  });
});

it('adds files to a task, names what is refused, and deletes for everybody', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [annPerson, benPerson] = place.people;
    if (!annPerson || !benPerson) throw new Error('two people are needed');
    const { id } = await annPerson.call('tasks.create', { workspaceId: place.workspaceId, title: 'Repot the trees' });
    await annPerson.call('tasks.addMember', { taskId: id, userId: benPerson.userId });
    const [ann, ben] = [await visit('Ann'), await visit('Ben')];
    await Promise.all([ann.signIn(annPerson), ben.signIn(benPerson)]);
    await Promise.all([ann, ben].map(({ page }) => page.goto(`${server.origin}/tasks/${id}`)));
    ann.faults.expect(/400/);
    await see(ann.page.getByRole('button', { name: 'Attach files' })).toBeVisible();
    await ann.page
      .locator('input[type=file]')
      .setInputFiles([await photo(ann.page, 'north.png'), file('no.pdf', 'application/pdf', Buffer.from('no'))]);
    const uploads = ann.page.getByRole('list', { name: 'Uploads' });
    await see(uploads.getByRole('alert')).toContainText('not accepted');
    await see(ben.page.getByRole('img', { name: 'north.png' })).toBeVisible();
    await see(ben.page.getByRole('list', { name: 'Files' })).toContainText('Ann Weber');
    expect(await violations(ann.page)).toEqual([]);
    await ann.page.getByRole('button', { name: 'Remove no.pdf' }).click();

    await drop(ben.page, 'h2:has-text("Files")', 'ferns.txt');
    await see(ann.page.getByRole('button', { name: 'Download ferns.txt' })).toBeVisible();
    await ann.page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(ann.page)).toBe(0);

    await ann.page.getByRole('button', { name: 'Delete north.png' }).click();
    await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await see(ben.page.getByRole('img', { name: 'north.png' })).toHaveCount(0);
  });
});

it('shows a picture blurred in a box of its size until it has come, and moves nothing below it', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber');
    const [person] = place.people;
    if (!person) throw new Error('somebody is needed');
    const ann = await visit('Ann');
    await ann.signIn(person);
    await ann.page.goto(`${server.origin}/c/${place.channelId}`);
    const composer = ann.page.getByRole('form', { name: 'Composer' });
    await composer.locator('input[type=file]').setInputFiles([await photo(ann.page, 'north.png')]);
    await composer.getByRole('textbox').fill('The beds');
    await composer.getByRole('textbox').press('Enter');
    await see(ann.page.getByRole('img', { name: 'north.png' })).toBeVisible();
    for (let at = 0; at < 12; at += 1) await place.say(person, `Bed ${at}${'\nand its herbs'.repeat(at % 4)}`);

    let arrive: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await ann.page.route('**/content/thumbnail', async (route) => {
      await held;
      await route.continue();
    });
    await ann.page.reload();
    const picture = ann.page.getByRole('img', { name: 'north.png' });
    const newest = ann.page.getByRole('article').filter({ hasText: 'Bed 11' });
    await see(newest).toBeInViewport();
    const standsAt = async () => Math.round((await newest.boundingBox())?.y ?? 0);
    const atFirst = await standsAt();
    const look = () =>
      picture.evaluate((img: HTMLImageElement) => ({
        isLoaded: img.naturalWidth > 0,
        isBlurred: getComputedStyle(img).backgroundImage.startsWith('url("data:image/png'),
        size: [img.clientWidth, img.clientHeight],
      }));
    expect(await look()).toEqual({ isLoaded: false, isBlurred: true, size: [320, 200] });
    arrive();
    await expect.poll(look).toEqual({ isLoaded: true, isBlurred: false, size: [320, 200] });
    expect(await standsAt()).toBe(atFirst);
  });
});

it('lists all files of a workspace that somebody can read, live, by kind and name, and leads to where they are', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [annPerson, benPerson] = place.people;
    if (!annPerson || !benPerson) throw new Error('two people are needed');
    const { workspaceId } = place;
    const task = await annPerson.call('tasks.create', { workspaceId, title: 'Repot the trees', visibility: 'members' });
    const ben = await visit('Ben', { viewport: { width: 390, height: 844 } });
    const ann = await visit('Ann');
    await Promise.all([ann.signIn(annPerson), ben.signIn(benPerson)]);
    await ben.page.goto(`${server.origin}/w/${workspaceId}/files`);
    await see(ben.page.getByText('No files yet')).toBeVisible();
    expect(await violations(ben.page)).toEqual([]);

    // Ann comes by keys.
    await ann.page.goto(`${server.origin}/today`);
    await see(ann.page.getByRole('link', { name: 'Files' })).toBeVisible();
    await ann.page.keyboard.press('g');
    await ann.page.keyboard.press('f');
    await see(ann.page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible();
    const add = (taskId: string, files: { name: string; type: string; content: Buffer | string }[]) =>
      annPerson.call('attachments.addToTask', { taskId }, { files });
    await add(task.id, [{ name: 'secret plan.txt', type: 'text/plain', content: 'Roses' }]);
    const list = (page: Page) => page.getByRole('list', { name: 'Files' }).getByRole('listitem');
    await see(list(ann.page)).toHaveCount(1);
    await see(ann.page.getByRole('link', { name: 'Repot the trees' })).toHaveAttribute('href', `/tasks/${task.id}`);

    const north = await photo(ann.page, 'north.png');
    const sent = [
      { name: 'north.png', type: 'image/png', content: north.buffer },
      { name: 'plan.pdf', type: 'application/pdf', content: pdf },
    ];
    const { attachments } = await annPerson.call('attachments.upload', { workspaceId }, { files: sent });
    await annPerson.call('messages.send', {
      conversationId: place.channelId,
      content: 'The beds',
      clientMessageId: randomUUID(),
      attachmentIds: attachments.map(({ id }) => id),
    });
    await see(list(ann.page)).toHaveCount(3);
    await see(list(ben.page)).toHaveCount(2);
    await see(list(ben.page).filter({ hasText: 'plan.pdf' })).toContainText('Ann Weber');
    expect(await violations(ben.page)).toEqual([]);
    expect(await overflow(ben.page)).toBe(0);

    await ben.page.getByText('Pictures', { exact: true }).click();
    await see(list(ben.page)).toHaveCount(1);
    await ben.page.getByRole('button', { name: 'View north.png' }).press('Enter');
    await see(ben.page.getByRole('dialog', { name: 'north.png' })).toBeVisible();
    await ben.page.keyboard.press('Escape');
    await ben.page.getByRole('searchbox', { name: 'Search by name' }).fill('plan');
    await see(ben.page.getByText('No such files')).toBeVisible();
    await ben.page.getByRole('button', { name: 'Show all files' }).click();
    await see(list(ben.page)).toHaveCount(2);
    await ben.page.getByRole('searchbox', { name: 'Search by name' }).fill('PLAN');
    await see(list(ben.page)).toHaveCount(1);
    await expect.poll(() => new URL(ben.page.url()).search).toBe('?q=PLAN');
    await list(ben.page).getByRole('link', { name: '# greenhouse' }).click();
    await see(ben.page.getByRole('article').filter({ hasText: 'The beds' })).toBeVisible();

    await list(ann.page).getByRole('button', { name: 'Delete plan.pdf' }).click();
    await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await see(list(ann.page)).toHaveCount(2);
  });
});
