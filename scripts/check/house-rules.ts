/** Rules about whole files that no compiler or linter knows. */

/** Longer than this and a file has become several. */
const MAX_LINES = 400;
const CODE = /\.(ts|tsx|mjs|js|sql|sh|css)$/;
const GENERATED = /(^|\/)(package-lock|openapi|asyncapi)\.json$|^packages\/protocol\/src\/routes\.ts$/;

/** Each with a name that does not match itself. */
const FORBIDDEN: { pattern: RegExp; name: string }[] = [
  { pattern: /\b(TO[D]O|FIX[M]E|X{3})\b/, name: 'a note to do it later: do it, or file it' },
  { pattern: /(^|[\s'"`(=:])\/(work|root|home\/\w+|Users\/\w+)\//, name: 'a path of one machine' },
  { pattern: /^(<{7}|>{7}|={7})( |$)/, name: 'a merge conflict' },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/, name: 'a private key' },
  { pattern: /https?:\/\/(registry|npm|mirror|deb)\.[a-z]/, name: 'the address of a package registry' },
];

/** Complaints about the length of a file. */
export function sizeComplaints(path: string, text: string): string[] {
  if (!CODE.test(path) || GENERATED.test(path)) return [];
  const lines = text.split('\n').length - 1;
  return lines > MAX_LINES ? [`${path} has ${lines} lines, more than ${MAX_LINES}: split it by what it does`] : [];
}

/** Complaints about words that must not be committed. */
export function wordComplaints(path: string, text: string): string[] {
  if (GENERATED.test(path)) return [];
  return text.split('\n').flatMap((line, at) => {
    const found = FORBIDDEN.find(({ pattern }) => pattern.test(line));
    return found ? [`${path}:${at + 1} has ${found.name}`] : [];
  });
}
