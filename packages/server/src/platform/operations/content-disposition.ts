const encoder = new TextEncoder();
/** Characters that RFC 8187 allows unencoded. */
const PLAIN = /[\w!#$&+.^`|~-]/;

function percentEncoded(text: string): string {
  return [...text]
    .map((character) =>
      PLAIN.test(character)
        ? character
        : [...encoder.encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    )
    .join('');
}

/** The header with the name of a file: in ASCII for old programs, and exactly (RFC 6266). */
export function contentDisposition(name: string, inline: boolean): string {
  const ascii = name
    .normalize('NFC')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/["\\%]/g, '_');
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${percentEncoded(name)}`;
}
