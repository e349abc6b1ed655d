import type { Page } from '@playwright/test';

/**
 * Marks that are nothing but a coloured ground: dots, bars, steps. Each gets an attribute, by which it can be found again
 * when the colours are those that somebody has forced. Runs in the page.
 */
function numberMarks(): void {
  const isClear = (color: string) => /^rgba\(.*, 0\)$|^transparent$/.test(color);
  const groundOf = (element: Element | null): string => {
    if (!element) return '';
    const { backgroundColor } = getComputedStyle(element);
    return isClear(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
  };
  for (const element of document.querySelectorAll('body *')) {
    const isEmpty = element.childElementCount === 0 && element.textContent?.trim() === '';
    if (!isEmpty || ['INPUT', 'TEXTAREA', 'IMG', 'CANVAS', 'IFRAME'].includes(element.tagName)) continue;
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !element.checkVisibility()) continue;
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    // A hairline is decoration, and so is the scrim behind what covers a page.
    if (width < 2 || height < 2 || width > 600 || backgroundImage !== 'none' || /^rgba/.test(backgroundColor)) continue;
    if (backgroundColor !== groundOf(element.parentElement)) element.setAttribute('data-mark', '');
  }
}

/** What cannot be told apart in forced colours, in words. Runs in the page. */
function findLost(): string[] {
  const found: string[] = [];
  const isClear = (color: string) => /^rgba\(.*, 0\)$|^transparent$/.test(color);
  const groundOf = (element: Element | null): string => {
    if (!element) return '';
    const { backgroundColor } = getComputedStyle(element);
    return isClear(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
  };
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`;
  for (const mark of document.querySelectorAll('[data-mark]')) {
    const style = getComputedStyle(mark);
    const hasEdge = style.borderStyle !== 'none' && Number.parseFloat(style.borderWidth) > 0;
    if (groundOf(mark) === groundOf(mark.parentElement) && !hasEdge && style.outlineStyle === 'none') {
      found.push(`a mark is gone: ${name(mark)} in ${name(mark.parentElement ?? mark)}`);
    }
  }
  const looks = (element: Element) =>
    ['', '::before', '::after']
      .map((part) => {
        const style = getComputedStyle(element, part || undefined);
        return [
          ...[style.color, style.backgroundColor, style.fontWeight, style.textDecorationLine, style.content],
          ...[style.outlineStyle, style.outlineColor, style.borderColor, style.borderWidth, style.borderStyle],
        ].join();
      })
      .join();
  const isChosen = (element: Element) =>
    element.matches(
      '[aria-current]:not([aria-current="false"]), [aria-selected="true"], [aria-pressed="true"], :checked',
    );
  const groups = new Map<string, Element[]>();
  const choices = 'nav a, [role="tab"], [role="option"], button[aria-pressed], label:has(input[type="radio"])';
  for (const choice of document.querySelectorAll(choices)) {
    if (!choice.checkVisibility()) continue;
    const parent = choice.closest('nav, [role="tablist"], [role="radiogroup"], fieldset, [role="group"]');
    const key = `${parent?.getAttribute('aria-label') ?? ''} ${parent?.className ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  const chosen = (element: Element) => isChosen(element) || element.querySelector(':checked') !== null;
  for (const group of groups.values()) {
    const others = new Set(group.filter((each) => !chosen(each)).map(looks));
    for (const one of group.filter(chosen)) {
      const box = one.querySelector('input');
      const shown = box !== null && getComputedStyle(box).appearance !== 'none';
      if (others.has(looks(one)) && !shown) found.push(`looks like what is not chosen: ${one.textContent?.trim()}`);
    }
  }
  return [...new Set(found)];
}

/** What somebody who forces their own colours cannot see on this page. */
export async function lostInForcedColors(page: Page): Promise<string[]> {
  await page.evaluate(numberMarks);
  await page.emulateMedia({ forcedColors: 'active' });
  const lost = await page.evaluate(findLost);
  await page.emulateMedia({ forcedColors: 'none' });
  return lost;
}
