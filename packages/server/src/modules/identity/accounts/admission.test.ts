import { afterEach, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { prepareSetup } from '../rows/admission.ts';

let app: TestApp;
afterEach(() => app?.close());

const register = (name: string, more: { code?: string; setupToken?: string } = {}) =>
  app.call('auth.register', { name, email: `${name.toLowerCase()}@example.org`, password: PASSWORD, ...more });
const tokenOf = ({ app: { setupPath = '' } }: TestApp) => /^\/welcome#setup=(.+)$/.exec(setupPath)?.[1] ?? '';

describe('the first account of an instance that strangers can reach', () => {
  it('is created once, through the link that the terminal shows', async () => {
    app = await testApp({ isPublic: true });
    const setupToken = tokenOf(app);
    expect(setupToken).toHaveLength(32);
    expect(await app.call('instance.get', {})).toMatchObject({ isSetUp: false, needsSetupLink: true });
    for (const more of [{}, { setupToken: 'wrong' }, { code: setupToken }]) {
      await expect(register('Mallory', more)).rejects.toMatchObject({ code: 'setup_link_required', status: 403 });
    }
    const outcomes = await Promise.all(['Ann', 'Ben', 'Cat'].map((name) => register(name, { setupToken })));
    expect(outcomes.map(({ role }) => role).sort()).toEqual(['admin', 'user', 'user']);
    expect(await app.call('instance.get', {})).toMatchObject({ isSetUp: true, needsSetupLink: false });
    expect((await register('Dan')).role).toBe('user');
  });

  it('can be created through the links of the last twenty starts', async () => {
    app = await testApp({ isPublic: true });
    const { db } = app.database;
    const later = await Promise.all(Array.from({ length: 20 }, () => prepareSetup(db, { isPublic: true })));
    await expect(register('Mallory', { setupToken: tokenOf(app) })).rejects.toMatchObject({
      code: 'setup_link_required',
    });
    expect(await register('Ann', { setupToken: String(later[3]) })).toMatchObject({ role: 'admin' });
    expect(await prepareSetup(db, { isPublic: true })).toBeUndefined();
  });

  it('needs no link on a loopback address', async () => {
    app = await testApp({ isPublic: false });
    expect(app.app.setupPath).toBeUndefined();
    expect((await register('Ann')).role).toBe('admin');
  });
});

describe('registration', () => {
  const set = async (registration: 'open' | 'invited' | 'closed', neutralRegistration = false): Promise<Person> => {
    app = await testApp();
    const ann = await app.person('Ann');
    await ann.call('admin.updateSettings', { registration, neutralRegistration });
    expect((await app.call('instance.get', {})).registration).toBe(registration);
    return ann;
  };

  it.each([false, true])(
    'when closed, accepts nobody and does not reveal which addresses are known (neutral: %s)',
    async (neutral) => {
      const ann = await set('closed', neutral);
      for (const email of [ann.email, 'nobody@example.org']) {
        const account = { name: 'Mallory', email, password: PASSWORD };
        await expect(app.call('auth.register', account)).rejects.toMatchObject({
          code: 'registration_closed',
          status: 403,
        });
      }
    },
  );

  it('for invited people, accepts only those with a valid code', async () => {
    const ann = await set('invited');
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
    const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, maxUses: 1 });
    for (const more of [{}, { code: '7K3M-9QXA-B2RT' }, { code: 'x' }]) {
      await expect(register('Mallory', more)).rejects.toMatchObject({ code: 'registration_closed' });
    }
    const ben = await register('Ben', { code: code.toLowerCase() });
    expect(ben.role).toBe('user');
    await ann.call('workspaces.rotateJoinCode', { workspaceId });
    await expect(register('Cat', { code })).rejects.toMatchObject({ code: 'registration_closed' });
  });
});

it('by mailed invitation, admits only people whose address is verified', async () => {
  app = await testApp();
  const ann = await app.person('Ann', { verified: false });
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
  const invitation = { workspaceId, email: 'stranger@example.org' };
  await expect(ann.call('workspaces.invite', invitation)).rejects.toMatchObject({ code: 'unverified_email' });
});
