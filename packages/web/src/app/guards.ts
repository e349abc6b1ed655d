import { redirect } from '@tanstack/react-router';
import { keepLink } from '../features/identity/index.ts';
import { client } from '../live/client.ts';
import { resumeSession } from '../live/session.ts';
import { isOwnAddress } from '../text/own-address.ts';

/** Lets only whoever is signed in on; leads others to where they can get in, and from there back. */
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

/** For what strangers may see too: whoever is signed in sees it as themselves. */
export async function lookForSession(): Promise<void> {
  await resumeSession();
}

/** Leads those who are signed in already on to where they want to go. */
export async function requireNoSession({ search }: { search: { returnTo?: string | undefined } }): Promise<void> {
  if ((await resumeSession()) === 'in') redirect({ href: search.returnTo ?? '/', throw: true });
}

/** The first account is made once. */
export async function requireEmptyInstance(): Promise<void> {
  const { isSetUp } = await client.call('instance.get', {});
  if (isSetUp) redirect({ href: '/', throw: true });
}

/** Reads where to go afterwards; only addresses of this app. */
export function readReturnTo({ returnTo, error }: Record<string, unknown>): { returnTo?: string; error?: string } {
  return { ...(isOwnAddress(returnTo) && { returnTo }), ...(typeof error === 'string' && { error }) };
}
