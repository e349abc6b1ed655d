import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import { plainText } from '../src/text/plain-text.ts';
import type { Server } from './server.ts';

/** The columns in which the database keeps what people write. */
const WRITTEN = [
  ...['alt', 'body', 'category', 'content', 'description', 'email', 'filename', 'introduction', 'message', 'name'],
  ...['note', 'reason', 'text', 'title', 'to_name', 'topic', 'username'],
];
/** Elements that show what people have written, and what is written alike in every language. */
const CONTENT = 'bdi, [dir="auto"], [lang]:not(html), [translate="no"], code, pre, script, style, noscript';

/** Every text of the instance that people have written, as it is stored and as it is read. */
export async function writtenTexts({ database: { db } }: Server): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text'
      and c.column_name in (${sql.join(WRITTEN)})`.execute(db);
  const texts = new Set<string>();
  const add = (written: readonly { text: string | null }[]) => {
    for (const { text } of written) if (text && /\w/.test(text)) texts.add(text).add(plainText(text));
  };
  for (const { table, column } of columns) {
    add((await sql<{ text: string }>`select ${sql.ref(column)} as text from ${sql.table(table)}`.execute(db)).rows);
  }
  const pictures = sql<{ text: string }>`
    select picture->>'alt' as text from product, jsonb_array_elements(images) as picture`;
  add((await pictures.execute(db)).rows);
  return [...texts];
}

/** Texts of the page and of its attributes that have a letter of English when content is left out. Runs in the page. */
function findEnglish({ content, written }: { content: string; written: readonly string[] }): string[] {
  const attributes = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'alt'];
  const words = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const longestFirst = written.map(words).sort((one, other) => other.length - one.length);
  const known = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const isEnglish = (text: string) => {
    const own = text.replaceAll(/\S+@\S+|https?:\S+|\bAtrium\b|\d\s(byte|[kMG]B)\b/g, ' ');
    return /[a-z]{2}/i.test(words(own).replaceAll(known, ''));
  };
  const found = isEnglish(document.title) ? [`the title of the page: ${document.title}`] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode as Text;
    if (parentElement?.closest(content) || !isEnglish(data)) continue;
    found.push(`<${parentElement?.tagName.toLowerCase()}> ${data.trim()}`);
  }
  for (const element of document.querySelectorAll('body *')) {
    for (const name of [...attributes, 'placeholder']) {
      const value = element.getAttribute(name);
      if (value && isEnglish(value)) found.push(`<${element.tagName.toLowerCase()} ${name}> ${value}`);
    }
  }
  return found;
}

/**
 * Texts of the app that are not translated. The page must be shown in the pseudo language, whose letters all have
 * accents and whose dates are Greek: what has a plain letter was written by people, or did not pass through a catalog.
 * @param written see `writtenTexts`
 */
export async function englishTexts(page: Page, written: readonly string[]): Promise<string[]> {
  return [...new Set(await page.evaluate(findEnglish, { content: CONTENT, written }))];
}

/** Texts that are wider than their box. Runs in the page. */
function findCut(content: string): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!hasText || element.closest(content) || element.querySelector(content)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const block = boxOf(element);
    // What is only there for screen readers is a pixel wide.
    if (!block || block.clientWidth <= 1 || block.querySelector(content)) continue;
    const { overflowX } = getComputedStyle(block);
    if (overflowX === 'auto' || overflowX === 'scroll' || block.scrollWidth <= block.clientWidth + 1) continue;
    const { scrollWidth, clientWidth } = block;
    const text = (block.textContent ?? '').trim().slice(0, 60);
    found.push(`<${block.tagName.toLowerCase()}> is ${scrollWidth} px of text in ${clientWidth} px: ${text}`);
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const field of document.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
    if (!pen || field.value !== '' || !field.checkVisibility() || field.clientWidth <= 1) continue;
    const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(field);
    pen.font = font;
    const { width } = pen.measureText(field.placeholder);
    const room = field.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd);
    if (width > room + 1) found.push(`<input> is ${Math.ceil(width)} px of hint in ${room} px: ${field.placeholder}`);
  }
  return found;

  function boxOf(element: HTMLElement): HTMLElement | null {
    const isInline = getComputedStyle(element).display.startsWith('inline') && element.clientWidth === 0;
    return isInline && element.parentElement ? boxOf(element.parentElement) : element;
  }
}

/** Texts of the app that are cut, or shortened to an ellipsis. What people have written may be shortened. */
export async function cutTexts(page: Page): Promise<string[]> {
  return [...new Set(await page.evaluate(findCut, CONTENT))];
}
