import { plainText } from '../../../text/plain-text.ts';

interface Said {
  content: string;
  /** Sent files. */
  attachments?: readonly { filename: string }[] | undefined;
  /** Pending files. */
  files?: readonly { name: string }[] | undefined;
}

/** A message in one line: its text, or else the names of its files. */
export function summaryOf({ content, attachments = [], files = [] }: Said): string {
  const names = [...attachments.map(({ filename }) => filename), ...files.map(({ name }) => name)];
  return plainText(content) || names.join(', ');
}
