import type { OutgoingMail } from './smtp.ts';

/** Control characters could move the cursor or reconfigure the terminal; line breaks and tabs are harmless. */
function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}

/** Formats an email for the terminal of the operator. */
export function terminalMail({ to, subject, text }: Pick<OutgoingMail, 'to' | 'subject' | 'text'>): string {
  const recipient = to.name === '' ? to.address : `${to.name} <${to.address}>`;
  const lines = [`To: ${recipient}`, `Subject: ${subject}`, '', ...text.trimEnd().split(/\r?\n/)];
  return [
    '',
    '┌─ mail (kept here, as no SMTP server is configured)',
    ...lines.map((line) => `│ ${harmless(line)}`.trimEnd()),
    '└─',
    '',
  ].join('\n');
}
