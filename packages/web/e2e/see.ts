import { expect } from '@playwright/test';

/** What a page comes to show, sooner or later: machines that run tests have much else to do. */
export const see = expect.configure({ timeout: 20_000 });
