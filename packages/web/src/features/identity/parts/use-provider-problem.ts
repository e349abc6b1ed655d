import { useLingui } from '@lingui/react/macro';

/** The error message after a provider sign-in that did not succeed. */
export function useProviderProblem(error: string | undefined): string | undefined {
  const { t } = useLingui();
  if (error === undefined) return undefined;
  const texts: Record<string, string> = {
    google_auth_failed: t`Signing in with Google did not work. Try again.`,
    sso_auth_failed: t`Signing in there did not work. Try again.`,
    provider_cancelled: t`You did not agree there, so nothing has happened.`,
    provider_unavailable: t`That provider does not answer. Try again later, or sign in with your password.`,
    email_unverified: t`That provider does not vouch for your e-mail address. Verify it there first.`,
    account_disabled: t`This account is disabled. Ask an administrator.`,
    registration_closed: t`New accounts need an invitation. Ask your administrator.`,
    identity_taken: t`That account there opens another account here.`,
    too_many_identities: t`There are too many ways into your account already. Remove one first.`,
  };
  return texts[error] ?? t`Signing in there did not work. Try again.`;
}
