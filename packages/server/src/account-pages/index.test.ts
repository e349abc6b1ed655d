import { operations } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { ACCOUNT_PAGES } from './pages.ts';

const APP_URL = 'https://atrium.example/';
let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await testApp({ env: { APP_URL } });
  origin = (await app.listen()).replace(/\/$/, '');
});
afterAll(() => app.close());

const page = async (path: string) => {
  const response = await fetch(origin + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

/** The link of the mail to this address that begins so, waiting for it to come. */
async function linkTo(email: string, start: string): Promise<URL> {
  const link = () =>
    app.mails
      .find((mail) => mail.includes(email) && mail.includes(APP_URL + start))
      ?.match(/https:\S+#?\S*(?=\s)/)?.[0];
  await expect.poll(link).toBeDefined();
  return new URL(link() ?? '');
}

describe('links of mails', () => {
  it.each(['verify-email#', 'reset-password#', 'reopen-sign-in#', 'join#', 'forgot-password'])(
    '%s lead to a page, and tell no server what they carry',
    async (start) => {
      const ann = await app.person('Ann', { verified: true });
      const { email } = ann;
      if (start.startsWith('re')) await app.call('auth.forgotPassword', { email });
      if (start === 'reopen-sign-in#') {
        await app.database.pool.query('update account set failed_sign_ins = 99 where email = $1', [email]);
        await app.call('auth.login', { email, password: 'wrong horse battery' }).catch(() => undefined);
      }
      if (start === 'forgot-password') {
        const password = 'a wholly new phrase';
        await ann.call('auth.changePassword', { current: ann.password, password });
      }
      const guest = `guest.of.${email}`;
      if (start === 'join#') {
        const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
        await ann.call('workspaces.invite', { workspaceId, email: guest });
      }
      const link = await linkTo(start === 'join#' ? guest : email, start);
      expect(link.search).toBe('');
      expect(await page(link.pathname)).toMatchObject({
        status: 200,
        type: 'text/html; charset=utf-8',
      });
    },
  );
});

describe.each(ACCOUNT_PAGES)('$name', ({ name }) => {
  const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '');

  it('names every field, says what is wrong beside it, and has each name once', async () => {
    const { text } = await page(`/${name}`);
    expect(new Set(ids(text)).size).toBe(ids(text).length);
    for (const [, input = ''] of text.matchAll(/<input ([^>]*)>/g)) {
      const id = /id="([^"]+)"/.exec(input)?.[1];
      expect(text).toContain(`<label for="${id}">`);
      const described = /aria-describedby="([^"]+)"/.exec(input)?.[1]?.split(' ') ?? [];
      expect(described).toContain(`${id}-fault`);
      expect(described.filter((other) => !ids(text).includes(other))).toEqual([]);
      expect(input).toMatch(/autocomplete="[a-z-]+"/);
    }
    for (const [, form = ''] of text.matchAll(/<form (.*?)<\/form>/gs)) expect(form).toContain('data-says');
  });

  it('loads and links to what is there', async () => {
    const { text } = await page(`/${name}`);
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const address of loaded) {
      const response = await fetch(origin + address);
      expect({ address, status: response.status }).toEqual({ address, status: 200 });
    }
  });

  it('has a script that finds its steps and forms, and calls operations that there are', async () => {
    const { text } = await page(`/${name}`);
    const script = (await page(`/assets/account/${name}.js`)).text;
    const session = script.includes('./session.js') ? (await page('/assets/account/session.js')).text : '';
    const named = (pattern: RegExp, source: string) => [...source.matchAll(pattern)].map((match) => match[1] ?? '');
    const steps = new Set(named(/data-step="([^"]+)"/g, text));
    expect(named(/show\('([^']+)'\)/g, script).filter((step) => !steps.has(step))).toEqual([]);
    const forms = named(/(?:onSend|element)\('([^']+)'/g, script);
    expect(forms.filter((id) => !ids(text).includes(id))).toEqual([]);
    const calls = [...(script + session).matchAll(/call\('(\w+)', '([^']+)'/g)];
    expect(calls.length).toBeGreaterThan(0);
    for (const [, method, path] of calls) {
      expect(
        operations.some((operation) => operation.method === method && operation.path === path),
        path,
      ).toBe(true);
    }
  });
});
