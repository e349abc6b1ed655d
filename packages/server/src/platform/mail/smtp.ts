import type { Mailbox } from './mailbox.ts';

/** An email in the form that is sent. */
export interface OutgoingMail {
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** In angle brackets. */
  messageId: string;
  date: Date;
  /** The URL for one-click unsubscription. */
  unsubscribeUrl?: string | null;
}

/** Sends one email; rejects with a DeliveryFailure. Aborting the signal closes the connection. */
export type SendMail = (mail: OutgoingMail, signal: AbortSignal) => Promise<void>;

/** The mail server refused an email. The message has the server's response, without the email's content. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  /** True if the server would refuse it again. */
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
 * Text that looks like an encoded word (RFC 2047) would be decoded by the recipient's client and could add line breaks
 * or another address. An invisible character keeps it literal.
 */
function asWritten(text: string): string {
  return text.replace(/=\?(?=[^?\s]+\?[bq]\?[^?]*\?=)/gi, '=\u2060?');
}

/** One-click unsubscription, RFC 8058. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** Loaded only here: a server without SMTP does not need it. */
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
 * Creates the sender for `smtp://` and `smtps://` URLs, which may contain credentials (`smtp://user:password@host:587`)
 * and nodemailer options as the query. Each email uses its own connection.
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
        // Explicit, so that nothing in a name can add a recipient.
        envelope: { from: from.address, to: [mail.to.address] },
        subject: asWritten(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        date: mail.date,
        // Nobody reads answers to these; automatic replies are not wanted either.
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

/**
 * Connects and signs in; sends nothing.
 * @throws DeliveryFailure
 */
export async function verifySmtp(url: string): Promise<void> {
  const transport = await openTransport(url);
  try {
    await transport.verify();
  } catch (error) {
    throw deliveryFailure(error);
  } finally {
    transport.close();
  }
}
