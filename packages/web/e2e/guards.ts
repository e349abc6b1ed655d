import type { BrowserContext, Page } from '@playwright/test';

/** What went wrong on the pages of a context. */
export interface Faults {
  readonly seen: string[];
  /** From now on, failed requests and console errors that match are expected. */
  expect(pattern: RegExp): void;
}

/** Collects what must not happen on any page: violations of the policy, errors, rejections that nobody handled. */
export async function watch(context: BrowserContext, name: string): Promise<Faults> {
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const note = (fault: string) => {
    if (!expected.some((pattern) => pattern.test(fault))) seen.push(`${name}: ${fault}`);
  };
  await context.exposeFunction('__fault', note);
  await context.addInitScript(() => {
    const tell = (text: string) => (window as unknown as { __fault(text: string): void }).__fault(text);
    document.addEventListener('securitypolicyviolation', (event) => {
      tell(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample} (${event.sourceFile})`);
    });
    window.addEventListener('unhandledrejection', (event) => tell(`rejection: ${String(event.reason)}`));
  });
  const follow = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => note(`error: ${error.stack ?? error.message}`));
  };
  context.on('page', follow);
  return { seen, expect: (pattern) => void expected.push(pattern) };
}
