import type { Page } from '../http/index.ts';
import { ICON_SVG, iconFile } from './icon.ts';
import { PAGE_STYLE_PATH } from './layout.ts';
import { PAGE_STYLE } from './style.ts';

export { escapeHtml } from './escape.ts';
export { pageHeaders, renderPage } from './layout.ts';
export { PAGE_STYLE } from './style.ts';

/** A static file. */
export function assetPage(path: string, contentType: string, body: string | Buffer): Page {
  const headers = { 'content-type': contentType, 'cache-control': 'public, max-age=300' };
  return { path, answer: () => ({ headers, body }) };
}

/** The shared assets of all pages: style sheet and icon. */
export function sharedAssets(): Page[] {
  return [
    assetPage(PAGE_STYLE_PATH, 'text/css; charset=utf-8', PAGE_STYLE),
    assetPage('/favicon.svg', 'image/svg+xml', ICON_SVG),
    assetPage('/favicon.ico', 'image/x-icon', iconFile()),
  ];
}
