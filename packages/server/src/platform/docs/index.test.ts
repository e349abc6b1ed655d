import { gunzipSync } from 'node:zlib';
import { events, operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { answerDocs, docsPages } from './index.ts';

const pages = docsPages({ appUrl: 'https://atrium.example', scalarScript: async () => 'drawn by Scalar' });

async function read(path: string): Promise<string> {
  const { body } = await answerDocs(pages.find((page) => page.path === path)!, {});
  return String(body);
}

describe('pages', () => {
  it('have no inline script and load only from this origin', async () => {
    for (const path of ['/docs', '/docs/live']) {
      const html = await read(path);
      expect(html).not.toMatch(/<script(?![^>]* src="\/docs\/assets\/)|<style| style=| on\w+=/);
      const loaded = [...html.matchAll(/<(?:script|link rel="stylesheet")[^>]* (?:src|href)="([^"]+)"/g)].map(
        (match) => match[1],
      );
      expect(loaded.length).toBeGreaterThan(0);
      expect(loaded.filter((address) => !pages.some((page) => page.path === address))).toEqual([]);
    }
  });

  it('allow inline styles only where Scalar writes them', () => {
    const lax = pages.filter(({ headers }) => headers['content-security-policy']?.includes('unsafe-inline'));
    expect(lax.map(({ path }) => path)).toEqual(['/docs']);
    expect(lax[0]?.headers['content-security-policy']).toMatch(/script-src 'self';/);
  });

  it('serve the documents', async () => {
    expect(JSON.parse(await read('/openapi.json'))).toMatchObject({ openapi: '3.1.0' });
    expect(JSON.parse(await read('/asyncapi.json'))).toMatchObject({ asyncapi: '3.0.0' });
    expect(JSON.parse(await read('/postman.json'))).toHaveProperty('item');
  });
});

describe('the page of the live API', () => {
  it('has every event and every command', async () => {
    const html = await read('/docs/live');
    const wanted = [
      ...Object.keys(events).map((type) => `id="event-${type.replaceAll(':', '-')}"`),
      ...operations.flatMap(({ event }) => (event ? [`id="command-${event.replaceAll(':', '-')}"`] : [])),
    ];
    expect(wanted.filter((anchor) => !html.includes(anchor))).toEqual([]);
  });

  it('uses this server in its example', async () => {
    expect(await read('/docs/live')).toContain('io(&#39;https://atrium.example&#39;, {');
  });

  it('has unique anchors, and no broken links', async () => {
    const html = await read('/docs/live');
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });
});

describe('answers', () => {
  const page = pages.find(({ path }) => path === '/docs/live')!;

  it('are compressed only for clients that accept it', async () => {
    const plain = await answerDocs(page, {});
    const small = await answerDocs(page, { 'accept-encoding': 'gzip, br' });
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(small.body!)).toEqual(plain.body);
    expect((await answerDocs(page, { 'accept-encoding': 'br, gzip;q=0' })).headers).not.toHaveProperty(
      'content-encoding',
    );
  });

  it('are not sent again to clients that have them', async () => {
    const { headers } = await answerDocs(page, {});
    const again = await answerDocs(page, { 'if-none-match': headers.etag });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect((await answerDocs(page, { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });

  it('are created once, but a failure is not cached', async () => {
    let asked = 0;
    const [script] = docsPages({
      appUrl: 'http://localhost:3000',
      async scalarScript() {
        asked += 1;
        if (asked === 1) throw new Error('unavailable');
        return 'here';
      },
    }).filter(({ path }) => path === '/docs/assets/scalar.js');
    await expect(answerDocs(script!, {})).rejects.toThrow('unavailable');
    await answerDocs(script!, {});
    expect(String((await answerDocs(script!, {})).body)).toBe('here');
    expect(asked).toBe(2);
  });
});
