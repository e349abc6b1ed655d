import type { Mailbox } from './mailbox.ts';

/** What goes over the wire. */
export interface OutgoingMail {
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** In angle brackets. */
  messageId: string;
  date: Date;
  /** Where one click ends mails of this kind. */
  unsubscribeUrl?: string | null;
}

/** Sends one mail; rejects with a DeliveryFailure. Aborting the signal closes the connection. */
export type SendMail = (mail: OutgoingMail, signal: AbortSignal) => Promise<void>;

/** The mail server did not take a mail. The message holds what the server said, without the mail's text. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  /** True when the server will refuse the same mail again. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.permanent = permanent;
  }
}

const CONNECT_MS = 10_000;
const IDLE_MS = 10_000;
const MAX_REASON_LENGTH = 300;

function deliveryFailure(error: unknown): DeliveryFailure {
  if (!(error instanceof Error)) return new DeliveryFailure(String(error), false);
  const permanent = 'permanent' in error && error.permanent === true;
  const said = 'response' in error && typeof error.response === 'string' ? error.response : error.message;
  return new DeliveryFailure(said.slice(0, MAX_REASON_LENGTH), permanent);
}

/**
 * Text that looks like an encoded word (RFC 2047) would be decoded by the reader, and what it hides, line breaks or
 * another address, be shown. An invisible character keeps it what it was written as.
 */
function asWritten(text: string): string {
  return text.replace(/=\?(?=[^?\s]+\?[bq]\?[^?]*\?=)/gi, '=\u2060?');
}

/** One-click unsubscription, RFC 8058. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** Loaded only here: who has no mail server needs none of it. */
async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: IDLE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Makes the sender for `smtp://` and `smtps://` URLs, which may carry a login (`smtp://user:password@host:587`) and
 * nodemailer's options as query. Each mail gets a connection of its own.
 */
export function smtpSender({ url, from }: { url: string; from: Mailbox }): SendMail {
  let opened: ReturnType<typeof openTransport> | undefined;
  return async (mail, signal) => {
    try {
      opened ??= openTransport(url);
      const transport = await opened;
      await transport.sendMail({
        from,
        to: { ...mail.to, name: asWritten(mail.to.name) },
        // Said outright, so that nothing in a name can add a recipient.
        envelope: { from: from.address, to: [mail.to.address] },
        subject: asWritten(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        date: mail.date,
        // Nobody answers these; holiday notices should not either.
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...(mail.unsubscribeUrl ? oneClick(mail.unsubscribeUrl) : {}),
        },
        signal,
      });
    } catch (error) {
      throw deliveryFailure(error);
    }
  };
}
