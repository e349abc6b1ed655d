import { createHash, randomBytes } from 'node:crypto';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { claimFirstAccount, instanceSettings, requireSetupToken, setupState } from './settings-store.ts';

declare module '../../../platform/module/index.ts' {
  interface Services {
    /** Checks whether a join code or an invitation is valid. */
    invitations: { isOpenCode(db: Executor, code: string, now: Date): Promise<boolean> };
  }
}

/** What a person presents to get an account. */
export interface Credentials {
  code?: string | undefined;
  setupToken?: string | undefined;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Requires a link for the first account if strangers can reach the server, or lifts that requirement.
 * @returns the token of the link; undefined if none is required, or there is an account already
 */
export async function prepareSetup(db: Executor, { isPublic }: { isPublic: boolean }): Promise<string | undefined> {
  const token = isPublic ? randomBytes(24).toString('base64url') : undefined;
  const isNew = await requireSetupToken(db, token === undefined ? null : hashOf(token));
  return isNew ? token : undefined;
}

/**
 * Decides whether somebody may create an account, before any lookup that could reveal something to them.
 * @param isInvited checks their code
 * @returns the role of the account
 * @throws `setup_link_required` before the first account, `registration_closed` after it
 */
export async function admitAccount(
  tx: Transaction,
  now: Date,
  { code, setupToken }: Credentials,
  isInvited: (code: string) => Promise<boolean>,
): Promise<'admin' | 'user'> {
  if (await claimFirstAccount(tx, now, setupToken === undefined ? undefined : hashOf(setupToken))) return 'admin';
  if (!(await setupState(tx)).isSetUp) throw problem('setup_link_required');
  const { registration } = await instanceSettings(tx);
  const mayEnter =
    registration === 'open' || (registration === 'invited' && code !== undefined && (await isInvited(code)));
  if (!mayEnter) throw problem('registration_closed');
  return 'user';
}
