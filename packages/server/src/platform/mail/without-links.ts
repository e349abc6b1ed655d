/** U+200A. Hardly to be seen, and space to everything that looks for links; invisible characters pass for letters. */
const HAIR_SPACE = '\u200A';

/** The joints of web and mail addresses: `://`, `//`, `@`, dots before a letter in all their forms, and in `10.0.0.1`. */
const JOINTS =
  /[:/\\](?=[/\\])|@(?=[\p{L}\p{N}[])|(?<=[^\s.])[.\u3002\uff0e\uff61](?=\p{L})|(?<=\d\.\d{1,3})\.(?=\d{1,3}\.\d)/gu;

/**
 * Breaks what a mail program would make a link of: a name such as `Prize at https://evil.example` must not lead out of
 * our mail. It reads the same.
 */
export function withoutLinks(text: string): string {
  return text.replace(JOINTS, (joint) => `${joint}${HAIR_SPACE}`);
}
