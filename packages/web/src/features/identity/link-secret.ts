const KEPT_LINK = 'atrium:link';

/** Keeps the fragment while the user signs in: in the path or query it would be in the server's log. */
export function keepLink(): void {
  if (location.hash !== '') sessionStorage.setItem(KEPT_LINK, `${location.pathname}${location.hash}`);
}

/**
 * The secret in the fragment of a mailed link, also of one that was opened before signing in.
 * @param name its parameter, as in `#code=…`; the whole fragment unless given
 */
export function secretOfLink(name?: string): string {
  const [path, kept = ''] = (sessionStorage.getItem(KEPT_LINK) ?? '').split('#');
  const secret = location.hash.slice(1) || (path === location.pathname ? kept : '');
  return name === undefined ? secret : (new URLSearchParams(secret).get(name) ?? '');
}

/** The code of `/join` in a fragment, as `#ABCD-EFGH` or, as in the links of other pages, `#code=ABCD-EFGH`. */
const joinCode = (fragment: string) => new URLSearchParams(fragment).get('code') ?? fragment;

/** The code of a link to join; '' if there is none. */
export const joinCodeOfLink = () => joinCode(secretOfLink());

/** The code of a link to join that was opened before signing up; '' if there is none. */
export function keptJoinCode(): string {
  const [path, fragment = ''] = (sessionStorage.getItem(KEPT_LINK) ?? '').split('#');
  return path === '/join' ? joinCode(fragment) : '';
}

/** Removes a used secret from the URL, so that it is not in the history. */
export function clearLink(): void {
  sessionStorage.removeItem(KEPT_LINK);
  history.replaceState(history.state, '', location.pathname + location.search);
}
