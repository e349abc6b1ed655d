import type { Challenge, SignInError } from '@atrium/protocol';

/** Where a browser is sent after a provider: always to the app. */
export interface Destinations {
  signedIn(returnTo: string): string;
  /** The challenge is in the fragment, which is neither logged by servers nor sent to other sites. */
  challenged(challenge: Challenge, returnTo: string): string;
  failed(error: SignInError): string;
  /** Back to where a signed-in person wanted to link an account; `error` if it failed. */
  linked(returnTo: string, error?: SignInError): string;
}

/** @param appUrl without a trailing slash */
export function createDestinations(appUrl: string): Destinations {
  const { origin } = new URL(appUrl);

  /** A path was checked when it was given; this makes sure again that it stays on this site. */
  function below(path: string): URL {
    const url = URL.parse(`${appUrl}${path}`);
    return url?.origin === origin ? url : new URL(appUrl);
  }

  return {
    signedIn: (returnTo) => below(returnTo).href,
    challenged(challenge, returnTo) {
      const url = below('/login');
      const { id, methods } = challenge;
      url.hash = new URLSearchParams({ challenge: id, methods: methods.join(','), returnTo }).toString();
      return url.href;
    },
    failed(error) {
      const url = below('/login');
      url.searchParams.set('error', error);
      return url.href;
    },
    linked(returnTo, error) {
      const url = below(returnTo);
      if (error !== undefined) url.searchParams.set('error', error);
      return url.href;
    },
  };
}
