import { randomBytes, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Redis } from 'ioredis';
import { type Mailbox, verifySmtp } from '../mail/index.ts';
import type { Storage } from '../storage/index.ts';
import { type Finding, failed, ok, reasonOf, warning } from './check.ts';

const REDIS_MS = 5_000;

/** Connects to the mail server and signs in, without sending a mail. */
export async function checkMail(mail: { url: string | undefined; from: Mailbox; isPublic: boolean }): Promise<Finding> {
  const { url, from, isPublic } = mail;
  if (url === undefined) {
    if (!isPublic) return ok('SMTP_URL is not set: mails are shown in the terminal and at /mailbox.');
    return failed('SMTP_URL is not set: nobody gets mails.', 'Set SMTP_URL and MAIL_FROM.');
  }
  const { host } = new URL(url);
  try {
    await verifySmtp(url);
  } catch (error) {
    const reason = reasonOf(error);
    return failed(
      `The mail server at ${host} does not take our mails: ${reason}`,
      // The driver keeps the words of the TLS library alone.
      /certificate/i.test(reason)
        ? 'Set NODE_EXTRA_CA_CERTS to the certificate of its authority; see "Mail" in docs/operations.md.'
        : 'Check host, port, user and password of SMTP_URL; smtps:// is for port 465, smtp:// for 587 and 25.',
    );
  }
  if (/@(localhost|.*\.(local|localhost|invalid))$/i.test(from.address)) {
    return warning(
      `The mail server at ${host} answers, but mails come from ${from.address}, which many refuse.`,
      'Set MAIL_FROM to an address of your domain.',
    );
  }
  return ok(`The mail server at ${host} answers and lets us in. "atrium testmail ADDRESS" sends a mail.`);
}

/** Stores a small object, reads it again and deletes it. */
export async function checkStorage(storage: Storage, where: string): Promise<Finding> {
  const [key, content] = [randomUUID(), randomBytes(64)];
  const file = path.join(storage.incoming, key);
  const next = where.startsWith('S3')
    ? 'Check S3_URL: host, bucket, region and keys, and that the keys may list, read, write and delete.'
    : 'See that the directory belongs to the user who runs Atrium, and that there is room.';
  let step = 'store';
  try {
    await writeFile(file, content);
    await storage.put(key, file);
    step = 'read';
    if (!(await buffer(await storage.open(key))).equals(content)) throw new Error('it came back as another one');
    step = 'delete';
    await storage.delete(key);
    return ok(`${where}: an object can be stored, read and deleted.`);
  } catch (error) {
    return failed(`${where}: could not ${step} an object: ${reasonOf(error)}`, next);
  } finally {
    await rm(file, { force: true });
    if (step !== 'store') await storage.delete(key).catch(() => undefined);
  }
}

/** Checks the version and the eviction policy of Redis. */
export async function checkRedis(url: string | undefined): Promise<Finding> {
  if (url === undefined) return ok('REDIS_URL is not set: one node, or several that tell each other by the database.');
  const { Redis: Client } = await import('ioredis');
  const client = new Client(url, {
    lazyConnect: true,
    connectTimeout: REDIS_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  // The rejected call reports it as well.
  let lastError: unknown;
  client.on('error', (error) => {
    lastError = error;
  });
  try {
    await client.connect();
    return await judgeRedis(client);
  } catch (error) {
    return failed(
      `Redis cannot be used: ${reasonOf(lastError ?? error)}`,
      'Check REDIS_URL and that Redis runs; until then nodes tell each other with a delay.',
    );
  } finally {
    client.disconnect();
  }
}

async function judgeRedis(client: Redis): Promise<Finding> {
  const info = await client.info();
  const about = (key: string) => new RegExp(`^${key}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
  const [version, policy] = [about('redis_version'), about('maxmemory_policy')];
  if (about('role') === 'slave') {
    return failed(`Redis ${version} is a replica, which cannot be written to.`, 'Let REDIS_URL name the primary.');
  }
  if (policy !== 'noeviction' && policy !== 'unknown') {
    return warning(
      `Redis ${version} forgets keys when its memory is full (${policy}), rate limits among them.`,
      'Set maxmemory-policy noeviction.',
    );
  }
  return ok(`Redis ${version} answers.`);
}
