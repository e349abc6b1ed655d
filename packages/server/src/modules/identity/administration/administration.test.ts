import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { DOT } from '../../../../test/multipart.ts';

let app: TestApp;
let root: Person;
let ann: Person;

beforeAll(async () => {
  app = await testApp();
  root = await app.person('Root');
});
afterAll(() => app.close());
beforeEach(async () => {
  ann = await app.person('Ann Weber');
});

const query = (sql: string, values: unknown[] = []) => app.database.pool.query(sql, values);

describe('accounts', () => {
  it('can be searched by parts of names and addresses, page by page, with the permitted actions', async () => {
    const { items, nextCursor } = await root.call('adminUsers.list', { limit: 1, q: 'web' });
    expect(items).toMatchObject([
      {
        ...{ id: ann.userId, name: 'Ann Weber', email: ann.email, role: 'user', disabledAt: null, sessions: 1 },
        can: {
          changeRole: true,
          disable: true,
          signOut: true,
          resetSecondFactor: false,
          removePicture: false,
          delete: true,
        },
      },
    ]);
    const rest =
      nextCursor === null ? [] : (await root.call('adminUsers.list', { q: 'web', cursor: nextCursor })).items;
    expect(rest.map(({ id }) => id)).not.toContain(ann.userId);
    expect((await root.call('adminUsers.list', { q: '%' })).items).toEqual([]);
    const [self] = (await root.call('adminUsers.list', { role: 'admin' })).items;
    expect(self?.can).toEqual({
      ...{
        changeRole: false,
        disable: false,
        signOut: false,
        resetSecondFactor: false,
        removePicture: false,
        delete: false,
      },
    });
  });

  it('can be disabled and enabled again: signed out immediately, and no sign-in in between', async () => {
    const token = (await ann.call('tokens.create', { name: 'Script', scopes: ['read'] })).id;
    const { disabledAt } = await root.call('adminUsers.update', { userId: ann.userId, disabled: true });
    expect(disabledAt).not.toBeNull();
    const [revoked] = (await app.events(`user:${ann.userId}`)).filter(({ type }) => type === 'session:revoked');
    expect(revoked?.body).toEqual({ sessionIds: [ann.actor.sessionId] });
    const closed = (await app.events(`user:${ann.userId}`)).filter(({ type }) => type === 'session:revoked').at(-1);
    expect(closed?.body).toEqual({ sessionIds: [token] });
    const signIn = () => app.call('auth.login', { email: ann.email, password: ann.password, transport: 'token' });
    await expect(signIn()).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect((await root.call('adminUsers.list', { status: 'disabled' })).items.map(({ id }) => id)).toContain(
      ann.userId,
    );
    await root.call('adminUsers.update', { userId: ann.userId, disabled: false });
    await expect(signIn()).resolves.toBeTruthy();
    const kinds = (await root.call('audit.list', { userId: ann.userId })).items.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['account_disabled', 'account_enabled']));
  });

  it('can become administrators and users again, and one administrator always remains', async () => {
    await root.call('adminUsers.update', { userId: ann.userId, role: 'admin' });
    expect(await ann.call('users.me', {})).toMatchObject({ role: 'admin' });
    await root.call('adminUsers.update', { userId: ann.userId, role: 'user' });
    const alone = root.call('adminUsers.update', { userId: root.userId, role: 'user' });
    await expect(alone).rejects.toMatchObject({ code: 'conflict' });
    await expect(root.call('adminUsers.update', { userId: root.userId, disabled: true })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('keep one administrator also if two demote each other at once', async () => {
    await root.call('adminUsers.update', { userId: ann.userId, role: 'admin' });
    const admin: Person = { ...ann, call: app.as({ ...ann.actor, role: 'admin' }) };
    const outcomes = await Promise.allSettled([
      root.call('adminUsers.update', { userId: ann.userId, role: 'user' }),
      admin.call('adminUsers.update', { userId: root.userId, role: 'user' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await query("update account set role = case when id = $1 then 'admin' else 'user' end", [root.userId]);
  });

  it('can lose their picture: for everybody who sees them, with its file, and into the audit log', async () => {
    const colleague = await app.person('Ben Koch');
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    await colleague.call('workspaces.join', { code });
    const { attachments } = await ann.call('attachments.upload', {}, { files: [DOT] });
    const file = { attachmentId: attachments[0]?.id ?? '' };
    await ann.call('users.updateMe', { avatar: attachments[0]?.url ?? null });
    expect((await root.call('adminUsers.get', { userId: ann.userId })).can.removePicture).toBe(true);
    await root.call('adminUsers.removePicture', { userId: ann.userId });
    expect(await root.call('adminUsers.get', { userId: ann.userId })).toMatchObject({
      avatar: null,
      can: { removePicture: false },
    });
    expect((await colleague.call('users.get', { userId: ann.userId })).avatar).toBeNull();
    const told = (await app.events(`workspace:${workspaceId}`)).filter(({ type }) => type === 'user:updated');
    expect(told).toHaveLength(2);
    expect((await app.events(`user:${ann.userId}`)).at(-1)?.type).toBe('me:updated');
    await expect(ann.call('attachments.get', file)).rejects.toMatchObject({ code: 'not_found' });
    const [entry] = (await root.call('audit.list', { kind: 'picture_removed' })).items;
    expect(entry).toMatchObject({ actor: { id: root.userId }, targetId: ann.userId });
    await expect(root.call('adminUsers.removePicture', { userId: ann.userId })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(colleague.call('adminUsers.removePicture', { userId: ann.userId })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('can be signed out everywhere, lose a second factor, and be deleted', async () => {
    await query('insert into two_factor (account_id, email_enabled_at) values ($1, now())', [ann.userId]);
    expect((await root.call('adminUsers.get', { userId: ann.userId })).can.resetSecondFactor).toBe(true);
    await root.call('adminUsers.resetSecondFactor', { userId: ann.userId });
    await root.call('adminUsers.signOut', { userId: ann.userId });
    expect(await root.call('adminUsers.get', { userId: ann.userId })).toMatchObject({ twoFactor: false, sessions: 0 });
    await root.call('adminUsers.delete', { userId: ann.userId });
    await expect(root.call('adminUsers.get', { userId: ann.userId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(root.call('adminUsers.signOut', { userId: ann.userId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the audit log', () => {
  it('can be read by user and kind, page by page', async () => {
    for (const name of ['Anna', 'Anne']) await ann.call('users.updateMe', { name });
    await ann.call('tokens.create', { name: 'One', scopes: ['read'] });
    await ann.call('tokens.create', { name: 'Two', scopes: ['read'] });
    const first = await root.call('audit.list', { userId: ann.userId, kind: 'api_token_created', limit: 1 });
    expect(first.items).toMatchObject([{ kind: 'api_token_created', actor: { id: ann.userId, name: 'Anne' } }]);
    const input = { userId: ann.userId, kind: 'api_token_created', cursor: first.nextCursor ?? '' };
    const second = await root.call('audit.list', input);
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
    expect(first.kinds).toContain('account_deleted');
    const future = await root.call('audit.list', { from: '2200-01-01T00:00:00Z' });
    expect(future.items).toEqual([]);
  });

  it('can be downloaded through a link, without formulas for spreadsheet programs', async () => {
    await ann.call('users.updateMe', { name: '=SUM(A1)' });
    await ann.call('tokens.create', { name: 'One', scopes: ['read'] });
    const { url } = await root.call('audit.export', { userId: ann.userId, kind: 'api_token_created' });
    const origin = await app.listen();
    const { pathname } = new URL(url);
    const answer = await fetch(new URL(pathname, origin));
    const [head, ...lines] = (await answer.text()).trim().split('\r\n');
    expect(head).toMatch(/^Time,Kind,Actor,/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("'=SUM(A1)");
    const forged = `${pathname.slice(0, -2)}${pathname.endsWith('AA') ? 'BB' : 'AA'}`;
    expect((await fetch(new URL(forged, origin))).status).toBe(404);
    await query("update account set role = 'user' where id = $1", [root.userId]);
    expect((await fetch(new URL(pathname, origin))).status).toBe(404);
    await query("update account set role = 'admin' where id = $1", [root.userId]);
  });
});
