import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import type { Database } from '../../../platform/database/index.ts';
import { signAccessToken } from './access-token.ts';
import { createKeyring } from './keyring.ts';

const claims = { userId: randomUUID(), sessionId: randomUUID(), tokenVersion: 3 };
const start = new Date();
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const invalid = { code: 'invalid_token' };

let directory: string;
beforeEach(async () => {
  now = start;
  directory = path.join(await mkdtemp(path.join(tmpdir(), 'atrium-keys-')), 'secrets');
});
afterEach(() => rm(path.dirname(directory), { recursive: true }));

/** A clock that a test sets. */
let now = start;
const clock = { now: () => now };
const open = () => createKeyring({ directory, clock });
const file = () => path.join(directory, 'identity.json');

const seconds = Math.floor(start.getTime() / 1000);
const good = {
  sub: claims.userId,
  sid: claims.sessionId,
  ver: 3,
  iss: 'atrium',
  aud: 'atrium',
  iat: seconds,
  exp: seconds + 900,
};

/** The current signing key of a keyring in `directory`, which an attacker does not have. */
async function stored() {
  const { signingKeys } = JSON.parse(await readFile(file(), 'utf8'));
  return signingKeys[0];
}

describe('access tokens', () => {
  it('name the user they are for', async () => {
    const keyring = await open();
    const token = await keyring.sign(claims);
    expect(await keyring.verify(token)).toMatchObject(claims);
    expect((await keyring.verify(token)).expiresAt.getTime()).toBe(Math.floor(after(900).getTime() / 1000) * 1000);
  });

  it('S2 expire after 15 minutes and at most 30 seconds, also if they were just verified', async () => {
    const keyring = await open();
    const token = await keyring.sign(claims);
    now = after(898);
    expect(await keyring.verify(token)).toMatchObject(claims);
    now = after(930);
    await expect(keyring.verify(token)).rejects.toMatchObject({ code: 'token_expired', message: 'Token has expired' });
  });

  it('S2 are refused when they are damaged', async () => {
    const keyring = await open();
    const token = await keyring.sign(claims);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const flipped = `${signature.slice(0, 10)}${signature[10] === 'A' ? 'B' : 'A'}${signature.slice(11)}`;
    const other = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ver: 9 }));
    for (const bad of [
      '',
      'x',
      'a.b.c',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${flipped}`,
      `${header}.${other.toString('base64url')}.${signature}`,
    ]) {
      await expect(keyring.verify(bad), bad).rejects.toMatchObject(invalid);
    }
  });

  it('S1 S2 are refused with another key, type, issuer, audience or time', async () => {
    const keyring = await open();
    const { kid, privateKey } = await stored();
    const key = createPrivateKey({ key: privateKey, format: 'jwk' });
    const foreign = generateKeyPairSync('ed25519').privateKey;
    const sign = (payload: object, header: object = {}, by = key) =>
      new SignJWT({ ...payload }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }).sign(by);
    await expect(keyring.verify(await sign(good))).resolves.toMatchObject(claims);
    const bad = [
      await sign(good, {}, foreign),
      await sign(good, { typ: 'JWT' }),
      await sign(good, { typ: undefined }),
      await sign(good, { kid: undefined }),
      await sign(good, { kid: randomUUID() }),
      await sign(good, { kid: '../../etc/passwd' }),
      await sign(good, { kid: "' or 1=1 --" }),
      await sign(good, { jku: 'http://127.0.0.1:1/jwks', kid: 'elsewhere' }),
      await sign(good, { x5u: 'http://127.0.0.1:1/cert', kid: 'elsewhere' }),
      await sign({ ...good, iss: 'else' }),
      await sign({ ...good, aud: 'else' }),
      await sign({ ...good, nbf: seconds + 60 }),
      await sign({ ...good, sub: 'nobody' }),
      await sign({ ...good, sid: undefined }),
      await sign({ ...good, ver: undefined }),
      await sign({ ...good, exp: undefined }),
    ];
    for (const [at, token] of bad.entries()) {
      await expect(keyring.verify(token), `case ${at}`).rejects.toMatchObject(invalid);
    }
  });

  it('S1 are refused without an algorithm, or with the public key as a shared secret', async () => {
    const keyring = await open();
    const { kid, privateKey } = await stored();
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${encode(good)}.`;
    const hmac = await new SignJWT(good)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(Buffer.from(privateKey.x, 'base64url'));
    const embedded = generateKeyPairSync('ed25519');
    const jwk = await new SignJWT(good)
      .setProtectedHeader({
        alg: 'EdDSA',
        typ: 'at+jwt',
        kid,
        jwk: embedded.publicKey.export({ format: 'jwk' }) as never,
      })
      .sign(embedded.privateKey);
    for (const token of [none, hmac, jwk]) await expect(keyring.verify(token)).rejects.toMatchObject(invalid);
  });
});

describe('rotation', () => {
  it('S3 signs nobody out, and removes the old key when its last token has expired', async () => {
    const keyring = await open();
    const token = await keyring.sign(claims);
    const oldKey = await signingKey();
    now = after(60);
    await keyring.rotate();
    now = after(800);
    expect(await keyring.verify(token)).toMatchObject(claims);
    expect(await keyring.verify(await keyring.sign(claims))).toMatchObject(claims);
    now = after(3600);
    await expect(keyring.verify(await signAccessToken(oldKey, claims, now))).rejects.toMatchObject(invalid);
    expect(await keyring.verify(await keyring.sign(claims))).toMatchObject(claims);
  });

  it('is noticed by other nodes within 5 seconds, with at most one read of the file', async () => {
    const [one, two] = [await open(), await open()];
    await one.rotate();
    const token = await one.sign(claims);
    now = after(4);
    await expect(two.verify(token)).rejects.toMatchObject(invalid);
    now = after(6);
    expect(await two.verify(token)).toMatchObject(claims);
    await one.rotate();
    now = after(70);
    const [header = ''] = (await two.sign(claims)).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString()).kid).toBe((await stored()).kid);
  });

  it('drops keys that cannot have signed a valid token', async () => {
    const keyring = await open();
    await keyring.rotate();
    now = after(10);
    await keyring.rotate();
    expect(await kids()).toHaveLength(3);
    now = after(7200);
    await keyring.rotate();
    expect(await kids()).toHaveLength(2);
  });

  async function kids() {
    return JSON.parse(await readFile(file(), 'utf8')).signingKeys;
  }

  async function signingKey() {
    const { kid, privateKey } = await stored();
    return { kid, privateKey: createPrivateKey({ key: privateKey, format: 'jwk' }) };
  }
});

describe('the key file', () => {
  it('S46 is created once, readable by the owner only, and read again later', async () => {
    const token = await (await open()).sign(claims);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['identity.json']);
    expect(await (await open()).verify(token)).toMatchObject(claims);
  });

  it('is created once, however many processes start at once', async () => {
    const keyrings = await Promise.all(Array.from({ length: 10 }, open));
    const token = await keyrings[0]!.sign(claims);
    for (const keyring of keyrings) expect(await keyring.verify(token)).toMatchObject(claims);
    expect(await readdir(directory)).toEqual(['identity.json']);
  });

  it('gets its permissions back if its directory was open', async () => {
    await open();
    await rm(file());
    await chmod(directory, 0o755);
    await open();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it.each(['', '{', '{"signingKeys":[]}', '{"signingKeys":[{"kid":"a"}],"dataKeys":[]}'])(
    'refuses to start with a damaged file (%s), and does not change it',
    async (content) => {
      await open();
      await writeFile(file(), content);
      await expect(open()).rejects.toThrow('damaged');
      expect(await readFile(file(), 'utf8')).toBe(content);
    },
  );
});

describe('keys in the database', () => {
  let database: Database;
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(() => database.close());
  const node = (name: string) =>
    createKeyring({ directory: path.join(path.dirname(directory), name), db: database.db, clock });

  it('are the same on nodes that share no directory, however many start at once', async () => {
    const nodes = await Promise.all(['a', 'b', 'c', 'd'].map(node));
    const token = await nodes[0]!.sign(claims);
    for (const keyring of nodes) expect(await keyring.verify(token)).toMatchObject(claims);
    await expect(stat(path.join(path.dirname(directory), 'a'))).rejects.toMatchObject({ code: 'ENOENT' });
    await nodes[1]!.rotate();
    now = after(6);
    expect(await nodes[2]!.verify(await nodes[1]!.sign(claims))).toMatchObject(claims);
    expect(await nodes[3]!.verify(token)).toMatchObject(claims);
  });

  it('are not reverted by a read that began before a rotation', async () => {
    let slowAnswer = Promise.resolve();
    let held = 0;
    const slow = database.db.withPlugin({
      transformQuery: ({ node: query }) => query,
      async transformResult({ result }) {
        held += 1;
        await slowAnswer;
        return result;
      },
    });
    const keyring = await createKeyring({ directory, db: slow, clock });
    const kid = async () => decodeProtectedHeader(await keyring.sign(claims)).kid;
    const first = await kid();
    const answer = Promise.withResolvers<void>();
    slowAnswer = answer.promise;
    held = 0;
    const looking = keyring.refresh();
    await vi.waitFor(() => expect(held).toBe(1));
    slowAnswer = Promise.resolve();
    await keyring.rotate();
    answer.resolve();
    await looking;
    expect(await kid()).not.toBe(first);
  });

  it('are imported from the file, so that moving to a database signs nobody out', async () => {
    const token = await (await open()).sign(claims);
    expect(await (await node('secrets')).verify(token)).toMatchObject(claims);
    expect(await (await node('elsewhere')).verify(token)).toMatchObject(claims);
  });

  it('refuses to start with damaged keys, and does not change them', async () => {
    await node('a');
    await database.pool.query(`update identity_secret set content = '{}'`);
    await expect(node('a')).rejects.toThrow('damaged');
    expect((await database.pool.query('select content from identity_secret')).rows).toEqual([{ content: '{}' }]);
  });
});

describe('codeHash', () => {
  it('depends on the code, on every part of its context and on the instance', async () => {
    const keyring = await open();
    const base = keyring.codeHash(['verify', 'ann'], '123456');
    expect(base).toHaveLength(32);
    expect(keyring.codeHash(['verify', 'ann'], '123456')).toEqual(base);
    expect(keyring.codeHash(['verify', 'ann'], '123457')).not.toEqual(base);
    expect(keyring.codeHash(['verify', 'bob'], '123456')).not.toEqual(base);
    expect(keyring.codeHash(['verifyann'], '123456')).not.toEqual(base);
    expect(keyring.isCode(['verify', 'ann'], '123456', base)).toBe(true);
    expect(keyring.isCode(['verify', 'bob'], '123456', base)).toBe(false);
    await rm(directory, { recursive: true });
    expect((await open()).codeHash(['verify', 'ann'], '123456')).not.toEqual(base);
  });
});

describe('SE-5 rotation of data keys', () => {
  const context = ['totp', 'ann'];
  const secret = Buffer.from('a secret of an app');

  it('keeps two live keys: what the older one sealed can be opened, and every node has the newer one before it is used', async () => {
    const [one, two] = [await open(), await open()];
    const hash = one.codeHash(context, '123456');
    const sealed = one.seal(context, secret);
    await one.rotate();
    // Not in use yet: the other node, which does not have it, opens what this one seals.
    expect(two.unseal(context, one.seal(context, secret))).toEqual(secret);
    expect(one.codeHash(context, '123456')).toEqual(hash);
    now = after(60);
    await two.refresh();
    now = after(301);
    expect(one.codeHash(context, '123456')).not.toEqual(hash);
    for (const keyring of [one, two, await open()]) {
      expect(keyring.isCode(context, '123456', hash)).toBe(true);
      expect(keyring.isCode(context, '123457', hash)).toBe(false);
      expect(keyring.isCode(context, '123456', one.codeHash(context, '123456'))).toBe(true);
      expect(keyring.unseal(context, sealed)).toEqual(secret);
      expect(keyring.unseal(context, one.seal(context, secret))).toEqual(secret);
    }
  });

  it('drops the older key a day after it was replaced, once everything is resealed', async () => {
    const keyring = await open();
    const sealed = keyring.seal(context, secret);
    expect(keyring.sealAnew(context, sealed)).toBeUndefined();
    await keyring.rotate();
    await keyring.rotate();
    expect(keyring.dataKeyCount()).toBe(2);
    now = after(301);
    const anew = keyring.sealAnew(context, sealed);
    now = after(86_400);
    await keyring.dropSpentDataKeys();
    expect(keyring.unseal(context, sealed)).toEqual(secret);
    now = after(86_400 + 301);
    await keyring.dropSpentDataKeys();
    for (const each of [keyring, await open()]) {
      expect(each.dataKeyCount()).toBe(1);
      expect(() => each.unseal(context, sealed)).toThrow('No key opens this');
      expect(each.unseal(context, anew!)).toEqual(secret);
      expect(() => each.unseal(['totp', 'bob'], anew!)).toThrow('No key opens this');
    }
  });

  it('works with a file from before data keys could rotate', async () => {
    const keyring = await open();
    const sealed = keyring.seal(context, secret);
    const { dataKeys, ...others } = JSON.parse(await readFile(file(), 'utf8'));
    await writeFile(file(), JSON.stringify({ ...others, codeKey: dataKeys[0].key }));
    const reopened = await open();
    expect(reopened.unseal(context, sealed)).toEqual(secret);
    await reopened.rotate();
    now = after(301);
    expect(reopened.unseal(context, sealed)).toEqual(secret);
    expect((await open()).unseal(context, reopened.seal(context, secret))).toEqual(secret);
  });

  it.each([
    ['too short', 'c2hvcnQ='],
    ['of zeros', Buffer.alloc(32).toString('base64')],
    ['typed', Buffer.from('changeme'.repeat(4)).toString('base64')],
  ])('S46 and a key that is %s is refused', async (_name, key) => {
    await open();
    const { dataKeys, ...others } = JSON.parse(await readFile(file(), 'utf8'));
    await writeFile(file(), JSON.stringify({ ...others, dataKeys: [{ ...dataKeys[0], key }] }));
    const refusal = await open().catch((error: Error) => error.message);
    expect(refusal).toContain('damaged');
    expect(refusal).not.toContain(key);
  });
});
