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
      appUrl: undefined,
      allowedOrigins: [],
      smtpUrl: undefined,
      logLevel: 'info',
      defaultTimezone: 'UTC',
      limits: {},
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
    ['APP_URL', 'ftp://secret'],
    ['APP_URL', 'javascript:secret'],
    ['APP_URL', 'https://good.example/secret'],
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

  it('names every fault at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y', LIMIT_USER: 'z' })).toThrow(
      /^PORT must [^\n]+\nLOG_LEVEL must [^\n]+\nLIMIT_USER must [^\n]+$/,
    );
  });
});
