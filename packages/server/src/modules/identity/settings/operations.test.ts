import { admin, auth, users } from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IdentityApp, identityApp, type Person } from '../test/identity-app.ts';

let app: IdentityApp;
let boss: Person;
let ann: Person;
beforeAll(async () => {
  app = await identityApp();
  boss = await app.person();
  ann = await app.person();
});
afterAll(() => app.close());

it('is for admins', async () => {
  for (const operation of [admin.settings, admin.updateSettings]) {
    await expect(app.call(operation, {}, { actor: ann.actor })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(app.call(operation, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});

it('decides what unverified people may do, with immediate effect', async () => {
  const { actor } = boss;
  await app.call(auth.verifyEmail, { otp: await app.code(boss.email) }, { actor });
  const verified = await app.authenticate(boss.accessToken);
  const set = (unverifiedMay: 'everything' | 'read' | 'nothing') =>
    app.call(admin.updateSettings, { unverifiedMay }, { actor: verified });
  expect(await app.call(admin.settings, {}, { actor: verified })).toEqual({
    unverifiedMay: 'everything',
    registration: 'open',
    neutralRegistration: false,
  });
  await app.call(users.updateMe, { name: 'Ann Two' }, { actor: ann.actor });

  expect(await set('read')).toMatchObject({ unverifiedMay: 'read' });
  await expect(app.call(users.updateMe, { name: 'Ann' }, { actor: ann.actor })).rejects.toMatchObject({
    code: 'unverified_email',
    status: 403,
  });
  expect(await app.call(users.me, {}, { actor: ann.actor })).toMatchObject({ name: 'Ann Two' });
  expect(await app.call(admin.updateSettings, {}, { actor: verified })).toMatchObject({ unverifiedMay: 'read' });
  expect((await app.audit(verified.userId)).filter((row) => row.kind === 'settings_changed')).toMatchObject([
    { details: { unverifiedMay: 'read' } },
  ]);

  await set('nothing');
  await app.call(auth.verifyEmail, { otp: await app.code(ann.email) }, { actor: ann.actor });
  const trusted = await app.authenticate(ann.accessToken);
  expect(await app.call(users.updateMe, { name: 'Ann' }, { actor: trusted })).toMatchObject({ name: 'Ann' });
  await set('everything');
});

it.each([{ unverifiedMay: 'all' }, { other: 1 }])('refuses %j', async (input) => {
  const actor = await app.authenticate(boss.accessToken);
  await expect(app.call(admin.updateSettings, input as object, { actor })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});
