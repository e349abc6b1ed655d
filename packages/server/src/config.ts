import path from 'node:path';
import process from 'node:process';
import { type LimitName, limits, type ThingLimitName, thingLimits } from '@atrium/protocol';
import { z } from 'zod';
import type { LimitOverrides } from './platform/limits/index.ts';

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

/** Every key, with what it must look like. All are optional. `.env.example` says what each is for. */
const keys = {
  PORT: { schema: port, allowed: 'a port number, 0 to 65535' },
  HOST: { schema: z.string().min(1).max(255), allowed: 'an address to listen on, such as 127.0.0.1 or ::' },
  DATA_DIR: { schema: z.string().min(1), allowed: 'a directory' },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    allowed: 'postgres://user:password@host:port/database',
  },
  REDIS_URL: { schema: z.url({ protocol: /^rediss?$/ }), allowed: 'redis://host:port' },
  APP_URL: { schema: httpUrl, allowed: 'an http or https address' },
  ALLOWED_ORIGINS: {
    schema: list.pipe(z.array(httpUrl).max(100)),
    allowed: 'origins separated by commas, such as https://example.org',
  },
  SMTP_URL: { schema: z.url({ protocol: /^smtps?$/ }), allowed: 'smtp://user:password@host:port or smtps://…' },
  MAIL_FROM: {
    schema: z
      .string()
      .min(3)
      .max(320)
      .regex(/^[^\r\n]+$/),
    allowed: 'an address such as Atrium <atrium@example.org>',
  },
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
  /** Set by APP_URL; otherwise it follows the port that is listened on. */
  appUrl: string | undefined;
  allowedOrigins: string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  logLevel: string;
  defaultTimezone: string;
  limits: LimitOverrides;
}

type Keys = typeof keys;
type Values = { [Key in keyof Keys]?: z.output<Keys[Key]['schema']> };

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
  const overrides = Object.fromEntries(
    Object.keys({ ...limits, ...thingLimits }).flatMap((name) => {
      const override = read(`LIMIT_${name.toUpperCase()}`, rate, 'points/seconds, such as 10/5');
      return override ? [[name, override]] : [];
    }),
  ) as Partial<Record<LimitName | ThingLimitName, { points: number; seconds: number }>>;
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return {
    port: values.PORT ?? 3000,
    host: values.HOST ?? '127.0.0.1',
    dataDir: path.resolve(values.DATA_DIR ?? 'data'),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    appUrl: values.APP_URL?.replace(/\/+$/, ''),
    allowedOrigins: values.ALLOWED_ORIGINS ?? [],
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? 'Atrium <atrium@localhost>',
    logLevel: values.LOG_LEVEL ?? 'info',
    defaultTimezone: values.DEFAULT_TIMEZONE ?? 'UTC',
    limits: overrides,
  };
}
