import type { Challenge, SignInError } from '@atrium/protocol';

/** Where a browser goes that has been to a provider: always below the address of the app. */
export interface Destinations {
  signedIn(returnTo: string): string;
  /** The challenge stands behind the #, where neither a server's log nor another site sees it. */
  challenged(challenge: Challenge, returnTo: string): string;
  failed(error: SignInError): string;
  /** Back to where somebody who is signed in wanted to link an account; `error` where it came to nothing. */
  linked(returnTo: string, error?: SignInError): string;
}

/** @param appUrl without a slash at the end */
export function createDestinations(appUrl: string): Destinations {
  const { origin } = new URL(appUrl);

  /** A path was checked when it was given; that it leads nowhere else is made sure of once more. */
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
