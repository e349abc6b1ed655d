import { createHash } from 'node:crypto';
import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityApp, identityApp, type Person } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

const wrongCode = { code: 'code_wrong', status: 400 };
const verify = (person: Person, otp: string) => app.call(auth.verifyEmail, { otp }, { actor: person.actor });
/** A code that differs from the given one. */
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('auth.verifyEmail', () => {
  it('accepts the mailed code once', async () => {
    const ann = await app.person();
    const code = await app.code(ann.email);
    expect(await verify(ann, ` ${code} `)).toMatchObject({ id: ann.me.id, emailVerified: true, version: 2 });
    expect(await app.events(ann.me.id)).toEqual([{ type: 'me:updated', body: { userId: ann.me.id }, effect: null }]);
    expect((await app.audit(ann.me.id)).at(-1)).toMatchObject({ kind: 'email_verified' });
    await expect(verify(ann, code)).rejects.toMatchObject(wrongCode);
    expect(await app.events(ann.me.id)).toHaveLength(1);
  });

  it('S14 accepts exactly one of twenty parallel right tries', async () => {
    const ann = await app.person();
    const code = await app.code(ann.email);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => verify(ann, code)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await app.events(ann.me.id)).toHaveLength(1);
  });

  it('S14 is refused after five wrong tries, however parallel', async () => {
    const ann = await app.person();
    const code = await app.code(ann.email);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => verify(ann, other(code))));
    for (const result of tries) expect(result).toMatchObject({ status: 'rejected', reason: wrongCode });
    await expect(verify(ann, code)).rejects.toMatchObject(wrongCode);
  });

  it('accepts the right code after four wrong tries', async () => {
    const ann = await app.person();
    const code = await app.code(ann.email);
    for (let at = 0; at < 4; at += 1) await expect(verify(ann, other(code))).rejects.toMatchObject(wrongCode);
    expect(await verify(ann, code)).toMatchObject({ emailVerified: true });
  });

  it('S14 expires after ten minutes', async () => {
    const ann = await app.person();
    const earlier =
      "set created_at = created_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes'";
    await app.query(`update email_code ${earlier} where account_id = $1`, [ann.me.id]);
    await expect(verify(ann, await app.code(ann.email))).rejects.toMatchObject(wrongCode);
  });

  it("S14 does not accept another person's code", async () => {
    const [ann, bob] = [await app.person(), await app.person()];
    const [annCode, bobCode] = [await app.code(ann.email), await app.code(bob.email)];
    expect(annCode).not.toBe(bobCode);
    await expect(verify(ann, bobCode)).rejects.toMatchObject(wrongCode);
  });

  it('does not accept a code that was mailed to an older address', async () => {
    const ann = await app.person();
    await app.query("update account set email = 'new' || email where id = $1", [ann.me.id]);
    await expect(verify(ann, await app.code(ann.email))).rejects.toMatchObject(wrongCode);
  });

  it('S14 stores only a keyed hash of the code', async () => {
    const ann = await app.person();
    const code = await app.code(ann.email);
    const [row] = await app.query('select * from email_code where account_id = $1', [ann.me.id]);
    const stored = row?.code_hash as Buffer;
    for (const text of [code, `${ann.me.id}${code}`, JSON.stringify(['verify_email', ann.me.id, ann.email, code])]) {
      expect(stored.equals(createHash('sha256').update(text).digest())).toBe(false);
    }
    expect(JSON.stringify(row)).not.toContain(code);
  });

  it.each(['12345', '1234567', 'abcdef', '١٢٣٤٥٦', ''])('refuses %s', async (otp) => {
    const ann = await app.person();
    await expect(verify(ann, otp)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('auth.resendVerification', () => {
  it('S14 mails a new code, and the older one stops working', async () => {
    const ann = await app.person();
    const first = await app.code(ann.email);
    await verify(ann, other(first)).catch(() => undefined);
    await app.call(auth.resendVerification, {}, { actor: ann.actor });
    expect(await app.mails(ann.email)).toHaveLength(2);
    const second = await app.code(ann.email);
    if (first !== second) await expect(verify(ann, first)).rejects.toMatchObject(wrongCode);
    expect(await verify(ann, second)).toMatchObject({ emailVerified: true });
  });

  it('mails nothing to a person who is verified', async () => {
    const ann = await app.person();
    await verify(ann, await app.code(ann.email));
    expect(await app.call(auth.resendVerification, {}, { actor: ann.actor })).toEqual({});
    expect(await app.mails(ann.email)).toHaveLength(1);
  });
});
