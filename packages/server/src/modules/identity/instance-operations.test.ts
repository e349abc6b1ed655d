import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

it('says whether there is an account yet, and how people can sign in', async () => {
  const facts = {
    neutralRegistration: false,
    registration: 'open',
    needsSetupLink: false,
    providers: [],
    hasMailbox: true,
  };
  expect(await app.call('instance.get', {})).toEqual({ ...facts, isSetUp: false });
  const { me } = await app.person('Ann');
  expect(me.role).toBe('admin');
  expect(await app.call('instance.get', {})).toEqual({ ...facts, isSetUp: true });
});
