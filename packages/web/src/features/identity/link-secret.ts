const KEPT_LINK = 'atrium:link';

/** Keeps what stands behind the # while somebody signs in: in an address it would reach the server's log. */
export function keepLink(): void {
  if (location.hash !== '') sessionStorage.setItem(KEPT_LINK, `${location.pathname}${location.hash}`);
}

/**
 * The secret behind the # of a mailed link, also of one that was opened before signing in.
 * @param name the part of it, as in `#code=…`; all of it unless given
 */
export function secretOfLink(name?: string): string {
  const [path, kept = ''] = (sessionStorage.getItem(KEPT_LINK) ?? '').split('#');
  const secret = location.hash.slice(1) || (path === location.pathname ? kept : '');
  return name === undefined ? secret : (new URLSearchParams(secret).get(name) ?? '');
}

/** The secret of a link that was opened before, at that path: such as the code of `/join` while somebody signs up. */
export function keptSecretOf(path: string): string {
  const [keptPath, secret = ''] = (sessionStorage.getItem(KEPT_LINK) ?? '').split('#');
  return keptPath === path ? secret : '';
}

/** Takes a used secret out of the address, so that nobody finds it in the history. */
export function forgetLink(): void {
  sessionStorage.removeItem(KEPT_LINK);
  history.replaceState(history.state, '', location.pathname + location.search);
}
