import { isIP } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { type LimitName, limits, type ThingLimitName, thingLimits } from '@atrium/protocol';
import { z } from 'zod';
import type { BackupSettings } from './modules/backups/index.ts';
import { isBackupDestination } from './platform/backup/index.ts';
import { isNetwork } from './platform/http/index.ts';
import type { LimitOverrides } from './platform/limits/index.ts';
import { parseS3Url } from './platform/storage/index.ts';
import { type ProviderConfig, providersOf } from './sign-in-providers.ts';

/** A value that cannot be used; the message names the key and never shows the value, which may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535));
const httpUrl = z.url({ protocol: /^https?$/ });
const secret = z.string().min(1).max(1024);
/** Codes and tokens come from there: over https, or from this machine. */
const issuer = z
  .url({ protocol: /^https?$/ })
  .max(512)
  .refine((value) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(`${value}/`));
const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const rate = z
  .string()
  .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,8}$/)
  .transform((value) => {
    const [points = 0, seconds = 1] = value.split('/').map(Number);
    return { points, seconds };
  });

/** Hosts with ports. */
const hosts = list.pipe(
  z
    .array(
      z
        .string()
        .max(260)
        .regex(/^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i),
    )
    .max(20),
);

/** A host's name; what is all digits and dots is an address or nothing. */
const NAME = /^(?=.{1,253}$)(?![\d.]+$)[a-z\d]([a-z\d.-]*[a-z\d])?$/i;
/** An address, or a name and an address in angle brackets. */
const MAILBOX = /^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

const lowerCased = (names: readonly string[] = []) => new Set(names.map((name) => name.toLowerCase()));

/** Every key, with what it must look like. All are optional. `.env.example` says what each is for. */
const keys = {
  PORT: { schema: port, allowed: 'a port number, 0 to 65535' },
  HOST: {
    schema: z.string().refine((host) => isIP(host) !== 0 || NAME.test(host)),
    allowed: 'an address to listen on, such as 127.0.0.1 or ::',
  },
  DATA_DIR: { schema: z.string().min(1), allowed: 'a directory' },
  LOG_DIR: { schema: z.string().min(1), allowed: 'a directory' },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    allowed: 'postgres://user:password@host:port/database',
  },
  REDIS_URL: { schema: z.url({ protocol: /^rediss?$/ }), allowed: 'redis://host:port' },
  S3_URL: {
    schema: z
      .string()
      .max(2048)
      .refine((value) => parseS3Url(value) !== undefined),
    allowed: 'https://KEY:SECRET@host/bucket, with ?region= if the service has regions',
  },
  APP_URL: {
    schema: httpUrl.refine((value) => /^\/*$/.test(new URL(value).pathname) && !/[?#]/.test(value)),
    allowed: 'an http or https address without a path: Atrium is served at the root of its host',
  },
  ALLOWED_ORIGINS: {
    schema: list.pipe(z.array(httpUrl).max(100)),
    allowed: 'origins separated by commas, such as https://example.org',
  },
  TRUST_PROXY: {
    schema: list.pipe(z.array(z.string().refine(isNetwork)).max(100)),
    allowed: 'addresses or networks of proxies separated by commas, such as 127.0.0.1,10.0.0.0/8',
  },
  SMTP_URL: { schema: z.url({ protocol: /^smtps?$/ }), allowed: 'smtp://user:password@host:port or smtps://…' },
  MAIL_FROM: {
    schema: z
      .string()
      .min(3)
      .max(320)
      .refine((from) => MAILBOX.test(from)),
    allowed: 'an address such as Atrium <atrium@example.org>',
  },
  PUSH_PRIVATE_HOSTS: { schema: hosts, allowed: 'hosts with ports separated by commas, such as ntfy.lan:443' },
  WEBHOOK_PRIVATE_HOSTS: { schema: hosts, allowed: 'hosts with ports separated by commas, such as n8n.lan:5678' },
  GOOGLE_CLIENT_ID: { schema: z.string().min(1).max(255), allowed: 'a client id of Google, together with its secret' },
  GOOGLE_CLIENT_SECRET: { schema: secret, allowed: 'a client secret of Google, together with its id' },
  OIDC_ISSUER: { schema: issuer, allowed: 'the https address by which an OpenID provider names itself' },
  OIDC_CLIENT_ID: { schema: z.string().min(1).max(255), allowed: 'a client id of the OpenID provider' },
  OIDC_CLIENT_SECRET: { schema: secret, allowed: 'a client secret of the OpenID provider' },
  OIDC_NAME: { schema: z.string().trim().min(1).max(40), allowed: 'a name for a button, 1 to 40 characters' },
  SCAN_COMMAND: { schema: z.string().trim().min(1).max(1024), allowed: 'a program with its arguments' },
  FILE_QUOTA_MB: { schema: count, allowed: 'a number of megabytes' },
  BACKUP_PASSPHRASE: { schema: z.string().min(12).max(1024), allowed: 'a passphrase of 12 to 1024 characters' },
  BACKUP_TO: {
    schema: z.string().max(2048).refine(isBackupDestination),
    allowed: 'an absolute directory, or https://KEY:SECRET@host/bucket, with ?region= and &prefix=folder/ if needed',
  },
  BACKUP_EVERY_HOURS: { schema: count, allowed: 'a number of hours' },
  BACKUP_KEEP: { schema: count, allowed: 'a number of backups' },
  BACKUP_SECRETS: { schema: z.enum(['yes', 'no']), allowed: 'yes or no' },
  QUEUE_BOARD: { schema: z.enum(['read', 'write']), allowed: 'read or write' },
  METRICS_TOKEN: { schema: secret.min(16), allowed: 'a token of 16 to 1024 characters' },
  OTEL_EXPORTER_OTLP_ENDPOINT: { schema: httpUrl, allowed: 'an http or https address of a receiver of OTLP' },
  SOCKETS_PER_USER: { schema: count, allowed: 'a number of connections' },
  SOCKETS_OPENING_PER_ADDRESS: { schema: count, allowed: 'a number of connections' },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    allowed: 'fatal, error, warn, info, debug, trace or silent',
  },
  DEFAULT_TIMEZONE: { schema: z.string().refine(isTimezone), allowed: 'an IANA time zone such as Europe/Vienna' },
} as const;

function isTimezone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** How this process is to run. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  /** The bucket in which files are kept, with its keys; without it, they are kept in the data directory. */
  s3Url: string | undefined;
  /** Set by APP_URL; otherwise it follows the port that is listened on. */
  appUrl: string | undefined;
  allowedOrigins: string[];
  /** Addresses and networks of the proxies in front. */
  trustedProxies: string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  /** `host:port` of push services that may be called although they are in a private network, also without TLS. */
  pushPrivateHosts: ReadonlySet<string>;
  /** The same of servers that webhooks are sent to. */
  webhookPrivateHosts: ReadonlySet<string>;
  /** Through whom people can sign in, beside e-mail address and password. */
  providers: ProviderConfig[];
  /** With which backups are encrypted. */
  backupPassphrase: string | undefined;
  /** Which backups the server takes by itself; undefined: none. */
  backups: BackupSettings | undefined;
  /** Whether administrators may change jobs at `/admin/queues`. */
  queueBoardWritable: boolean;
  /** With which `/metrics` may be read. */
  metricsToken: string | undefined;
  /** Where traces are sent. */
  otlpEndpoint: string | undefined;
  logLevel: string;
  /** Where log files are written, too; undefined: nowhere. */
  logDir: string | undefined;
  defaultTimezone: string;
  /** A program that scans files before they are stored, with its arguments. */
  scanCommand: string | undefined;
  /** What the files of one workspace may take. */
  fileQuotaBytes: number;
  limits: LimitOverrides;
  /** Connections to the socket: of one person, and from one address before it is known whose they are. */
  sockets: { perUser: number; openingPerAddress: number };
}

type Keys = typeof keys;
type Values = { [Key in keyof Keys]?: z.output<Keys[Key]['schema']> };

/** Where people reach the server: APP_URL, or its port on this machine. Pure. */
export function appUrlOf({ appUrl, port }: Pick<Config, 'appUrl' | 'port'>): string {
  return appUrl ?? `http://localhost:${port}`;
}

function backupsOf(values: Values): BackupSettings | undefined {
  const { BACKUP_TO: to, BACKUP_PASSPHRASE: passphrase } = values;
  if (to === undefined || passphrase === undefined) return undefined;
  return {
    to,
    passphrase,
    everyHours: values.BACKUP_EVERY_HOURS ?? 24,
    keep: values.BACKUP_KEEP ?? 14,
    withSecrets: values.BACKUP_SECRETS === 'yes',
  };
}

/**
 * Reads the configuration from environment variables; an empty one counts as not set.
 * @throws ConfigError naming every key that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const faults: string[] = [];
  const read = <Schema extends z.ZodType>(
    key: string,
    schema: Schema,
    allowed: string,
  ): z.output<Schema> | undefined => {
    const value = environment[key];
    if (value === undefined || value === '') return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(`${key} must be ${allowed}.`);
    return undefined;
  };
  const values = Object.fromEntries(
    Object.entries(keys).map(([key, { schema, allowed }]) => [key, read(key, schema, allowed)]),
  ) as Values;
  const limitKeys = new Map(
    Object.keys({ ...limits, ...thingLimits }).map((name) => [`LIMIT_${name.toUpperCase()}`, name]),
  );
  for (const key of Object.keys(environment)) {
    if (key.startsWith('LIMIT_') && !limitKeys.has(key)) {
      faults.push(`${key.slice(0, 64)} must be one of ${[...limitKeys.keys()].join(', ')}.`);
    }
  }
  const overrides = Object.fromEntries(
    [...limitKeys].flatMap(([key, name]) => {
      const override = read(key, rate, 'points/seconds, such as 10/5');
      return override ? [[name, override]] : [];
    }),
  ) as Partial<Record<LimitName | ThingLimitName, { points: number; seconds: number }>>;
  const { providers, missing } = providersOf(values);
  for (const [key, given] of missing) faults.push(`${key} must be set, because ${given} is.`);
  if (values.BACKUP_TO !== undefined && values.BACKUP_PASSPHRASE === undefined) {
    faults.push('BACKUP_PASSPHRASE must be set, because BACKUP_TO is.');
  }
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return {
    port: values.PORT ?? 3000,
    host: values.HOST ?? '127.0.0.1',
    dataDir: path.resolve(values.DATA_DIR ?? 'data'),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    s3Url: values.S3_URL,
    appUrl: values.APP_URL?.replace(/\/+$/, ''),
    allowedOrigins: values.ALLOWED_ORIGINS ?? [],
    trustedProxies: values.TRUST_PROXY ?? [],
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? 'Atrium <atrium@localhost>',
    pushPrivateHosts: lowerCased(values.PUSH_PRIVATE_HOSTS),
    webhookPrivateHosts: lowerCased(values.WEBHOOK_PRIVATE_HOSTS),
    providers,
    backupPassphrase: values.BACKUP_PASSPHRASE,
    backups: backupsOf(values),
    queueBoardWritable: values.QUEUE_BOARD === 'write',
    metricsToken: values.METRICS_TOKEN,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: values.LOG_LEVEL ?? 'info',
    logDir: values.LOG_DIR === undefined ? undefined : path.resolve(values.LOG_DIR),
    defaultTimezone: values.DEFAULT_TIMEZONE ?? 'UTC',
    scanCommand: values.SCAN_COMMAND,
    fileQuotaBytes: (values.FILE_QUOTA_MB ?? 10_000) * 1_000_000,
    limits: overrides,
    sockets: {
      perUser: values.SOCKETS_PER_USER ?? 20,
      openingPerAddress: values.SOCKETS_OPENING_PER_ADDRESS ?? 1_000,
    },
  };
}
