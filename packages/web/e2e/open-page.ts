import type { Page } from '@playwright/test';

/** Opens a page of the app. Resolves when it has its heading and asks the server for nothing more. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}
