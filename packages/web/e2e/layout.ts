import type { Page } from '@playwright/test';

/** What is wrong with how a page is laid out, in words; empty when nothing is. Runs in the page. */
function findLayoutFaults(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()}> ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}`;
  if (document.documentElement.scrollWidth > width) {
    found.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${width} px`);
  }
  const scrolls = (element: Element | null): boolean => {
    if (!element) return false;
    const { overflowX } = getComputedStyle(element);
    return overflowX === 'auto' || overflowX === 'scroll' || scrolls(element.parentElement);
  };
  const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  for (const control of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    const { left, right, width: own } = control.getBoundingClientRect();
    // What is only there for screen readers is a pixel wide.
    if (own <= 1 || !isSeen(control) || scrolls(control.parentElement)) continue;
    if (left < -1 || right > width + 1) found.push(`lies outside of the screen: ${name(control)}`);
  }
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!hasText || !isSeen(element) || element.clientWidth <= 1) continue;
    const style = getComputedStyle(element);
    const cutsAcross = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const cutsDown = style.overflowY === 'hidden' || style.overflowY === 'clip';
    if (cutsAcross && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1) {
      found.push(`is cut at its side: ${name(element)}`);
    }
    if (cutsDown && style.webkitLineClamp === 'none' && element.scrollHeight > element.clientHeight + 2) {
      found.push(`is cut at its foot: ${name(element)}`);
    }
    const box = element.closest('button, a, [role="button"]') ?? element;
    const text = element.ownerDocument.createRange();
    text.selectNodeContents(element);
    const rect = text.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (box.tagName === 'BUTTON' && rect.height > outer.height + 2) found.push(`overflows its button: ${name(box)}`);
  }
  return found;
}

/** Lets text be as wide and as tall as WCAG 2.2, 1.4.12 says that people may set it. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
      line-height: 1.5 !important;
      letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important;
    }
    p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Sets the size of all text, as browsers do for people who ask for it; `''` takes that back. */
export async function setTextSize(page: Page, size: string): Promise<void> {
  await page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size);
}

/** What is wrong with how a page is laid out. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return [...new Set(await page.evaluate(findLayoutFaults))];
}

/** Controls that cannot be seen where there is no pointer to hover with. */
export async function hiddenControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = (element: Element | null): boolean =>
      !element || (getComputedStyle(element).opacity !== '0' && seen(element.parentElement));
    return [...document.querySelectorAll('a[href], button')]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 1 && !seen(control))
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? '');
  });
}
