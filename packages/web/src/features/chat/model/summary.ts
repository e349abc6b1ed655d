import { plainText } from '../../../text/plain-text.ts';

interface Said {
  content: string;
  /** Files that everybody has. */
  attachments?: readonly { filename: string }[] | undefined;
  /** Files on their way. */
  files?: readonly { name: string }[] | undefined;
}

/** What a message says in one line: its text, else the names of its files. */
export function summaryOf({ content, attachments = [], files = [] }: Said): string {
  const names = [...attachments.map(({ filename }) => filename), ...files.map(({ name }) => name)];
  return plainText(content) || names.join(', ');
}
