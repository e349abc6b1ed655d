import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser } from './people.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.close());

const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(server.origin + path, { headers });

describe('serving the app', () => {
  it.each(['/', '/inbox', '/c/0199-whatever?at=3'])('answers %s with the page, never from a cache', async (path) => {
    const answer = await get(path);
    expect({ status: answer.status, cache: answer.headers.get('cache-control') }).toEqual({
      status: 200,
      cache: 'no-cache',
    });
    expect(await answer.text()).toContain('id="root"');
  });

  it.each(['*/*', 'text/*;q=0.8', 'application/json, */*;q=0.1'])(
    'answers / with the page to programs that take %s, with GET and HEAD',
    async (accept) => {
      const answer = await get('/', { accept });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await answer.text()).toContain('id="root"');
      const head = await fetch(`${server.origin}/`, { method: 'HEAD', headers: { accept } });
      expect({ status: head.status, type: head.headers.get('content-type') }).toEqual({
        status: 200,
        type: answer.headers.get('content-type'),
      });
    },
  );

  it.each([
    ['/', { accept: 'application/json' }],
    ['/inbox', { accept: '*/*' }],
    ['/apii/v1/users/me', { accept: '*/*' }],
    ['/inbox', { accept: 'application/json' }],
    ['/api/v1/nowhere', { accept: 'text/html' }],
    ['/web/gone-abc123.js', { accept: 'text/html' }],
    ['/web/../index.html', {}],
    ['/.made-from', {}],
  ])('%s asked for with %j is not there', async (path, headers) => {
    expect((await get(path, headers as Record<string, string>)).status).toBe(404);
  });

  it('hands out compressed files for good', async () => {
    const html = await (await get('/')).text();
    const files = [...html.matchAll(/(?:src|href)="(\/web\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) {
      const answer = await get(path, { 'accept-encoding': 'br' });
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      if (/(app|libraries)-.*\.(js|css)$/.test(path)) expect(answer.headers.get('content-encoding')).toBe('br');
    }
  });

  it('lets no script, style, picture or markup in that is not its own', async () => {
    await inBrowser(async ({ server: { origin }, visit }) => {
      const { page, faults } = await visit('Ann');
      await page.goto(origin);
      await page.locator('h1').first().waitFor();
      expect(faults.seen).toEqual([]);
      faults.expect(/./);
      const refused = await page.evaluate(async () => {
        const seen: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        const script = document.createElement('script');
        try {
          script.textContent = 'window.__ran = true';
          document.body.append(script);
        } catch {}
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.head.append(style);
        const image = new Image();
        image.src = 'https://example.org/x.png';
        document.body.append(image);
        try {
          document.body.insertAdjacentHTML('beforeend', '<p>markup</p>');
        } catch {}
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { seen: [...new Set(seen)].sort(), ran: '__ran' in window };
      });
      // An inline script is refused as untrusted text already.
      expect(refused).toEqual({ seen: ['img-src', 'require-trusted-types-for', 'style-src-elem'], ran: false });
    });
  });

  it('has pages that fit on a narrow screen', async () => {
    await inBrowser(async ({ server: { origin }, visit }) => {
      const { page } = await visit('Ann', { viewport: { width: 390, height: 844 } });
      for (const path of ['/docs/first-steps', '/mailbox', '/docs/live', '/welcome', '/forgot-password']) {
        await page.goto(origin + path);
        await page.locator('h1').first().waitFor();
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect({ path, widths }).toEqual({ path, widths: [390, 390] });
      }
    });
  });

  it('says that it needs JavaScript where there is none', async () => {
    await inBrowser(async ({ server: { origin }, visit }) => {
      const { page } = await visit('Ann', { javaScriptEnabled: false });
      await page.goto(origin);
      expect(await page.locator('h1').innerText()).toBe('Atrium needs JavaScript');
    });
  });
});
