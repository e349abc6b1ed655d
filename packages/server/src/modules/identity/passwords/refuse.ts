import { problem } from '../../../platform/module/index.ts';
import { type PasswordFault, type PasswordOwner, passwordFault } from './policy.ts';

const faults: Record<PasswordFault, string> = {
  common: 'is one of the first that anyone would guess',
  email: 'is the e-mail address',
  name: 'is the name',
};

/** Throws `password_refused` with the name of the field. */
export function refuseWeakPassword(password: string, owner: PasswordOwner): void {
  const fault = passwordFault(password, owner);
  if (fault === undefined) return;
  const message = faults[fault];
  throw problem('password_refused', {
    detail: `The password ${message}`,
    errors: [{ path: 'password', code: `password_is_${fault}`, message }],
  });
}
