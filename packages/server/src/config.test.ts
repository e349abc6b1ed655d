import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      databaseUrl: undefined,
      s3Url: undefined,
      appUrl: undefined,
      allowedOrigins: [],
      smtpUrl: undefined,
      logLevel: 'info',
      defaultTimezone: 'UTC',
      fileQuotaBytes: 10_000_000_000,
      limits: {},
      queueBoardWritable: false,
      metricsToken: undefined,
      sockets: { perUser: 20, openingPerAddress: 1_000 },
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', ALLOWED_ORIGINS: '' })).toEqual(readConfig({}));
  });

  it('reads what is set', () => {
    const config = readConfig({
      PORT: '0',
      APP_URL: 'https://chat.example.org/',
      ALLOWED_ORIGINS: ' https://a.example , ,https://b.example:8443',
      LIMIT_LOGIN: '10/60',
      LIMIT_CONVERSATION: '5/1',
      DATABASE_URL: 'postgres://me:secret@localhost/atrium',
    });
    expect(config).toMatchObject({
      port: 0,
      appUrl: 'https://chat.example.org',
      allowedOrigins: ['https://a.example', 'https://b.example:8443'],
      limits: { login: { points: 10, seconds: 60 }, conversation: { points: 5, seconds: 1 } },
      databaseUrl: 'postgres://me:secret@localhost/atrium',
    });
  });

  it.each([
    ['PORT', 'secret'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', ' '],
    ['PORT', '0x10'],
    ['HOST', 'h'.repeat(300)],
    ['HOST', '999.1.1.1'],
    ['HOST', 'http://secret'],
    ['DATABASE_URL', 'mysql://me:secret@host/db'],
    ['DATABASE_URL', 'secret'],
    ['REDIS_URL', 'http://secret'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://secret:4317'],
    ['S3_URL', 'https://secret.example.org/bucket'],
    ['S3_URL', 'https://key:secret@example.org/'],
    ['APP_URL', 'ftp://secret'],
    ['APP_URL', 'https://secret.example/atrium'],
    ['APP_URL', 'https://secret.example/?a=b'],
    ['APP_URL', 'javascript:secret'],
    ['ALLOWED_ORIGINS', 'secret'],
    ['ALLOWED_ORIGINS', 'https://good.example,*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['SMTP_URL', 'http://secret'],
    ['MAIL_FROM', 'secret'],
    ['MAIL_FROM', 'a@b.c\nBcc: secret@example.org'],
    ['LOG_LEVEL', 'secret'],
    ['DEFAULT_TIMEZONE', 'Secret/Nowhere'],
    ['LIMIT_LOGN', '5/60'],
    ['LIMIT_LOGIN', 'secret'],
    ['LIMIT_LOGIN', '0/60'],
    ['LIMIT_LOGIN', '5/0'],
    ['LIMIT_MESSAGE', '-5/1'],
  ])('refuses %s=%j by its name, without showing the value', (key, value) => {
    const read = () => readConfig({ [key]: value, HOST: key === 'HOST' ? value : 'localhost' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${key} must be [^\n]+\\.$`));
    try {
      read();
    } catch (error) {
      if (value.trim().length > 3) expect(String(error)).not.toContain(value);
    }
  });

  it('knows the providers through whom people can sign in', () => {
    const google = { GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b' };
    const own = { OIDC_ISSUER: 'https://login.example.org/realms/x', OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET: 'd' };
    expect(readConfig({ ...google, ...own, OIDC_NAME: 'Example' }).providers).toEqual([
      { id: 'google', name: 'Google', issuer: 'https://accounts.google.com', clientId: 'a', clientSecret: 'b' },
      { id: 'sso', name: 'Example', issuer: own.OIDC_ISSUER, clientId: 'c', clientSecret: 'd' },
    ]);
    expect(readConfig(own).providers).toMatchObject([{ id: 'sso', name: 'single sign-on' }]);
    expect(readConfig({}).providers).toEqual([]);
  });

  it.each([
    [{ GOOGLE_CLIENT_ID: 'secret' }, /^GOOGLE_CLIENT_SECRET must be set, because GOOGLE_CLIENT_ID is\.$/],
    [{ GOOGLE_CLIENT_SECRET: 'secret' }, /^GOOGLE_CLIENT_ID must be set, because GOOGLE_CLIENT_SECRET is\.$/],
    [
      { OIDC_ISSUER: 'https://a.example', OIDC_CLIENT_ID: 'x' },
      /^OIDC_CLIENT_SECRET must be set, because OIDC_ISSUER is\.$/,
    ],
  ])('refuses %j without the rest', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  it.each(['http://login.example.org', 'http://127.0.0.1.evil.example', 'http://localhost@evil.example', 'ftp://a'])(
    'refuses the issuer %s: codes and tokens go over https, or stay on this machine',
    (issuer) => {
      const environment = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET: 'd' };
      expect(() => readConfig(environment)).toThrow(/^OIDC_ISSUER must be /);
    },
  );

  it('names every fault at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y', LIMIT_USER: 'z' })).toThrow(
      /^PORT must [^\n]+\nLOG_LEVEL must [^\n]+\nLIMIT_USER must [^\n]+$/,
    );
  });
});
