import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { PASSWORD, type TestApp, testApp } from '../app.ts';
import { openTab, type Tab } from './chromium.ts';

/** What mails lead to, in a real browser, by keyboard alone. */
let app: TestApp;
let tab: Tab;
let origin: string;
beforeAll(async () => {
  [app, tab] = await Promise.all([testApp(), openTab()]);
  origin = (await app.listen()).replace(/\/$/, '');
});
afterAll(async () => {
  await tab?.close();
  await app?.close();
});
afterEach(() => {
  expect(tab.faults).toEqual([]);
});

/** Opens the page of the newest mail to this address that leads there. */
async function follow(email: string, name: string): Promise<void> {
  const find = () =>
    app.mails.findLast((mail) => mail.includes(email) && mail.includes(`/${name}#`))?.match(`/${name}#\\S+`)?.[0];
  await expect.poll(find).toBeDefined();
  await tab.open(origin + find());
}

const step = (name: string) =>
  expect
    .poll(() => tab.evaluate(`document.querySelector('[data-step]:not([hidden])')?.dataset.step`), { message: name })
    .toBe(name);
const visible = () => tab.evaluate(`document.querySelector('[data-step]:not([hidden])').innerText`);
const says = (text: string) => expect.poll(visible).toContain(text);
const focus = () => tab.evaluate('document.activeElement.id');

/** Goes on with Tab until it is here: what cannot be reached so is not there for everybody. */
async function tabTo(id: string): Promise<void> {
  for (let at = 0; at < 12; at += 1) {
    if ((await focus()) === id) return;
    await tab.press('Tab');
  }
  throw new Error(`Tab does not lead to ${id}`);
}

async function fill(id: string, text: string): Promise<void> {
  await tabTo(id);
  await tab.evaluate(`document.activeElement.select()`);
  await tab.type(text);
}

it('proves an address with the code of the link, after signing in', async () => {
  const { email } = await app.person('Ann', { verified: false });
  await follow(email, 'verify-email');
  await step('sign-in');
  await fill('sign-in-email', email);
  await fill('sign-in-password', 'not this one');
  await tab.press('Enter');
  await says('The email or password is incorrect.');
  await tab.evaluate(`document.getElementById('sign-in-email').focus()`);
  await fill('sign-in-password', PASSWORD);
  await tab.press('Enter');
  await step('done');
  expect(await visible()).toContain(email);
  // Used up, and gone from the address.
  expect(await tab.evaluate('location.href')).toBe(`${origin}/verify-email`);
  await tab.evaluate(
    `fetch('/api/v1/auth/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })`,
  );
});

it('lets somebody who is invited open an account and join, with what is wrong beside its field', async () => {
  const ann = await app.person('Ann');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  await ann.call('workspaces.invite', { workspaceId, email: 'cleo@example.org' });
  await follow('cleo@example.org', 'join');
  await step('sign-in');
  await tabTo('to-sign-up');
  await tab.press('Enter');
  await step('sign-up');
  await fill('sign-up-name', 'Cleo');
  await fill('sign-up-email', 'cleo@example.org');
  await fill('sign-up-password', 'password1');
  await tab.press('Enter');
  await says('This is one of the first that anyone would guess.');
  expect(await focus()).toBe('sign-up-password');
  expect(await tab.evaluate(`document.activeElement.getAttribute('aria-invalid')`)).toBe('true');
  await fill('sign-up-password', 'the heron flew away');
  await tab.press('Enter');
  await step('join');
  await tabTo('join-code');
  await tab.press('Enter');
  await step('done');
  expect(await visible()).toContain('Garden');
});

it('sets a new password for whoever forgot it, and shows it when asked to', async () => {
  const { email } = await app.person('Ben');
  await tab.open(`${origin}/forgot-password`);
  await step('ask');
  await fill('email', email);
  await tab.press('Enter');
  await step('done');
  await follow(email, 'reset-password');
  await step('choose');
  await fill('password', 'short');
  await tab.press('Enter');
  await says('Please use at least 8 characters.');
  await fill('password', 'two grey herons wade');
  await tab.press('Tab');
  await tab.press('Space');
  expect(await tab.evaluate(`document.getElementById('password').type`)).toBe('text');
  await tab.evaluate(`document.getElementById('password').focus()`);
  await tab.press('Enter');
  await step('done');
  expect(await app.call('auth.login', { email, password: 'two grey herons wade' })).toHaveProperty('user');
});

it('says which part of a link is missing', async () => {
  await tab.open(`${origin}/reset-password`);
  await step('no-link');
});

it.each([
  '/',
  '/docs/first-steps',
  '/mailbox',
  '/docs/live',
  '/verify-email',
  '/join#7K3M-9QXA-B2RT',
  '/reset-password#token=x',
])('%s fits on a narrow screen', async (path) => {
  await tab.open(origin + path);
  await expect.poll(() => tab.evaluate('document.readyState')).toBe('complete');
  expect(await tab.evaluate('[document.documentElement.scrollWidth, window.innerWidth]')).toEqual([390, 390]);
});
