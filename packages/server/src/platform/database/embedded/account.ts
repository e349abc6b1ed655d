import { readFile } from 'node:fs/promises';
import { EmbeddedServerError } from '../errors.ts';
import type { Account } from './run.ts';

/** In order of preference. Both exist on every common system, and neither has privileges. */
const CANDIDATES = ['postgres', 'nobody'];

async function accounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid) return [];
    // Some systems write the highest ids as negative numbers.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}

/** The user who owns existing files: only the owner can serve a cluster. */
export async function accountOfOwner(owner: { uid: number; gid: number }): Promise<Account> {
  const known = (await accounts()).find((account) => account.uid === owner.uid);
  return known ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
}

/** An existing unprivileged user for a new cluster. Throws EmbeddedServerError if the system has none. */
export async function unprivilegedAccount(): Promise<Account> {
  const known = await accounts();
  for (const name of CANDIDATES) {
    const account = known.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (account !== undefined) return account;
  }
  throw new EmbeddedServerError(
    `PostgreSQL does not run as root, and this system has no user named ${CANDIDATES.join(' or ')} to run it as. ` +
      'Start Atrium as an ordinary user, or set DATABASE_URL.',
  );
}
