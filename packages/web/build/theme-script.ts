import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = path.resolve(import.meta.dirname, '../src/app/theme.boot.js');

/**
 * Puts the script that sets the theme before anything else into the head of the page, so that a dark page is never
 * white first. Vite itself bundles only modules, and those run after the first paint.
 */
export function themeScript(): Plugin {
  let fileName: string | undefined;
  return {
    name: 'atrium:theme-script',
    buildStart() {
      if (this.meta.watchMode) return;
      const source = readFileSync(SOURCE, 'utf8');
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      fileName = `web/theme-${hash}.js`;
    },
    generateBundle() {
      if (fileName) this.emitFile({ type: 'asset', fileName, source: readFileSync(SOURCE, 'utf8') });
    },
    transformIndexHtml(_html, { server }) {
      const src = server ? '/src/app/theme.boot.js' : `/${fileName}`;
      return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }];
    },
  };
}
