import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HtmlTagDescriptor, Plugin } from 'vite';

/** Files that the page needs before all others, in the order of their tags. */
const FILES = [
  // Sets the theme before the first paint, so that a dark page is never white first.
  { source: 'app/theme.boot.js', name: 'theme', ending: 'js' },
  // Says in which order the layers of all styles count, whichever of them comes first.
  { source: 'ui/layers.css', name: 'layers', ending: 'css' },
] as const;

/** Faces that the first screen is written in, fetched before the styles that name them are read. */
const FACES = /\/(inter|newsreader)-latin-wght-normal-[^/]*\.woff2$/;

const sourceOf = (file: (typeof FILES)[number]) => path.resolve(import.meta.dirname, '../src', file.source);

function nameOf(file: (typeof FILES)[number]): string {
  const hash = createHash('sha256')
    .update(readFileSync(sourceOf(file)))
    .digest('base64url')
    .slice(0, 8);
  return `web/${file.name}-${hash}.${file.ending}`;
}

/** Puts files at the very beginning of the page, where Vite itself, which orders modules, would not put them. */
export function headFiles(): Plugin {
  return {
    name: 'atrium:head-files',
    generateBundle() {
      for (const file of FILES) {
        this.emitFile({ type: 'asset', fileName: nameOf(file), source: readFileSync(sourceOf(file)) });
      }
    },
    transformIndexHtml(_html, { server, bundle = {} }): HtmlTagDescriptor[] {
      const faces = Object.keys(bundle).filter((name) => FACES.test(name));
      const preloads = faces.map(
        (name): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${name}`, as: 'font', type: 'font/woff2', crossorigin: '' },
          injectTo: 'head-prepend',
        }),
      );
      const files = FILES.map((file): HtmlTagDescriptor => {
        const address = server ? `/src/${file.source}` : `/${nameOf(file)}`;
        return file.ending === 'js'
          ? { tag: 'script', attrs: { src: address }, injectTo: 'head-prepend' }
          : { tag: 'link', attrs: { rel: 'stylesheet', href: address }, injectTo: 'head-prepend' };
      });
      return [...files, ...preloads];
    },
  };
}
