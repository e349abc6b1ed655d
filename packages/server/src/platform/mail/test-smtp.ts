import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A received mail. */
export interface ReceivedMail {
  recipients: string[];
  sender: string;
  raw: string;
  email: Email;
}

/** What the server does with a received mail: accepts it, refuses it, hangs, or closes the connection. */
export type Behaviour = 'accept' | 'hang' | 'drop' | { code: number; message: string };

/** A real SMTP server on a free port of this machine that stores what it receives. */
export interface TestSmtp {
  url: string;
  /** Mails that were read completely, whatever was answered. */
  received: ReceivedMail[];
  /** Decides about the n-th mail, counted from 0; accepts all of them by default. */
  behave: (index: number) => Behaviour;
  close(): Promise<void>;
}

/**
 * Starts the server.
 * @param login if given, clients must sign in with it
 * @param options.secure with TLS and a certificate that nobody has signed
 */
export async function startTestSmtp(
  login?: { user: string; password: string },
  { secure = false }: { secure?: boolean } = {},
): Promise<TestSmtp> {
  const server = new SMTPServer({
    secure,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      const fits = login !== undefined && username === login.user && password === login.password;
      callback(fits ? null : new Error('Wrong user or password'), { user: username });
    },
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString();
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        const sender = session.envelope.mailFrom === false ? '' : (session.envelope.mailFrom?.address ?? '');
        const behaviour = smtp.behave(smtp.received.length);
        smtp.received.push({ recipients, sender, raw, email: await PostalMime.parse(raw) });
        if (behaviour === 'accept') callback();
        else if (behaviour === 'drop') dropConnections();
        else if (behaviour !== 'hang') {
          callback(Object.assign(new Error(behaviour.message), { responseCode: behaviour.code }));
        }
      });
    },
  });
  server.on('error', () => undefined);
  const dropConnections = () => {
    for (const connection of server.connections) connection.close();
  };
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const smtp: TestSmtp = {
    url: `${secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    received: [],
    behave: () => 'accept',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
