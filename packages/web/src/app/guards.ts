import { redirect } from '@tanstack/react-router';
import { keepLink } from '../features/identity/index.ts';
import { client } from '../live/client.ts';
import { resumeSession } from '../live/session.ts';
import { isOwnAddress } from '../text/own-address.ts';

/** Admits only signed-in users; redirects others to sign in, and back afterwards. */
export async function requireSession({ location }: { location: { href: string; pathname: string } }): Promise<void> {
  const status = await resumeSession();
  if (status === 'in' || status === 'ended') return;
  if (status === 'unverified') redirect({ href: '/verify-email', throw: true });
  keepLink();
  const { isSetUp } = await client.call('instance.get', {});
  if (!isSetUp) redirect({ href: '/welcome', throw: true });
  const returnTo = location.href.split('#')[0] ?? '/';
  redirect({ href: returnTo === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`, throw: true });
}

/** For public pages: a signed-in user sees them with their account. */
export async function lookForSession(): Promise<void> {
  await resumeSession();
}

/** Redirects users who are already signed in to their destination. */
export async function requireNoSession({ search }: { search: { returnTo?: string | undefined } }): Promise<void> {
  if ((await resumeSession()) === 'in') redirect({ href: search.returnTo ?? '/', throw: true });
}

/** Admits only while there is no account. */
export async function requireEmptyInstance(): Promise<void> {
  const { isSetUp } = await client.call('instance.get', {});
  if (isSetUp) redirect({ href: '/', throw: true });
}

/** Parses the destination; only URLs of this app are accepted. */
export function readReturnTo({ returnTo, error }: Record<string, unknown>): { returnTo?: string; error?: string } {
  return { ...(isOwnAddress(returnTo) && { returnTo }), ...(typeof error === 'string' && { error }) };
}
