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

/** The secret of a link that was opened before, at that path: such as the code of `/join` during a sign-up. */
export function keptSecretOf(path: string): string {
  const [keptPath, secret = ''] = (sessionStorage.getItem(KEPT_LINK) ?? '').split('#');
  return keptPath === path ? secret : '';
}

/** Removes a used secret from the URL, so that it is not in the history. */
export function clearLink(): void {
  sessionStorage.removeItem(KEPT_LINK);
  history.replaceState(history.state, '', location.pathname + location.search);
}
