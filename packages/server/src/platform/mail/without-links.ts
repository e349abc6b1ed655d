/** U+200A. Almost invisible, and a space for programs that look for links; invisible characters count as letters. */
const HAIR_SPACE = '\u200A';

/**
 * The characters that make web and mail addresses: `://`, `//`, `@`, dots before a letter in all their forms, and in
 * `10.0.0.1`.
 */
const JOINTS =
  /[:/\\](?=[/\\])|@(?=[\p{L}\p{N}[])|(?<=[^\s.])[.\u3002\uff0e\uff61](?=\p{L})|(?<=\d\.\d{1,3})\.(?=\d{1,3}\.\d)/gu;

/**
 * Breaks text that a mail program would turn into a link: a name such as `Prize at https://evil.example` must not lead
 * out of our mail. It looks the same.
 */
export function withoutLinks(text: string): string {
  return text.replace(JOINTS, (joint) => `${joint}${HAIR_SPACE}`);
}
