/** A common local part: atoms of RFC 5322 joined by dots, at most 64 octets (RFC 5321). */
const LOCAL_PART = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/** The characters of an internationalized domain before it is converted: letters, digits, marks, hyphens, dots. */
const DOMAIN_CHARACTERS = /^[\p{L}\p{N}\p{M}.\-\u3002\uFF0E\uFF61]+$/u;

/** A domain in ASCII with at least two labels, the last of which is not a number (RFC 1123). */
const ASCII_DOMAIN = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/;

/**
 * Converts the domain of an address to ASCII (`ann@münchen.example` → `ann@xn--mnchen-3ya.example`), so that both
 * spellings of a domain are the same address. The conversion is that of UTS #46, which the URL parser of every runtime
 * implements.
 * @returns the input if its domain cannot be converted
 */
export function canonicalEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 1 || !DOMAIN_CHARACTERS.test(domain) || !URL.canParse(`http://${domain}`)) return address;
  return `${address.slice(0, at)}@${new URL(`http://${domain}`).hostname}`;
}

/** True for an address in the form that {@link canonicalEmail} returns: a dot-atom, and a domain in ASCII. */
export function isEmailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  return LOCAL_PART.test(address.slice(0, Math.max(0, at))) && ASCII_DOMAIN.test(address.slice(at + 1));
}
