import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadConfig, readConfig } from './config.ts';

test('several nodes of a cluster, a password and a database are an address of Redis', () => {
  for (const REDIS_URL of [
    'redis://a:6379, redis://b:6379',
    'rediss://user:p%40ss@redis:6379/1',
    'redis://[::1]:6379/',
    'redis://:pass@redis',
  ])
    expect(readConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
});

describe('the environment', () => {
  test('needs nothing: every variable has a default', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      data: resolve('data'),
      redisUrl: undefined,
      durability: 'full',
      replicas: 0,
      origins: [],
      trustProxy: false,
      adminToken: undefined,
      pushContact: undefined,
      sessionSecrets: undefined,
      sample: true,
      publicUrl: undefined,
      logLevel: 'info',
    });
  });

  test('an empty variable is one that is not there', () => {
    expect(readConfig({ PORT: '', REDIS_URL: ' ', HUDDLE_TRUST_PROXY: '' })).toEqual(readConfig({}));
  });

  test('every variable is read', () => {
    const secrets = ['a'.repeat(32), 'b'.repeat(40)];
    expect(
      readConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        HUDDLE_DATA: '/var/lib/huddle',
        REDIS_URL: 'redis://redis:6379',
        HUDDLE_DURABILITY: 'relaxed',
        HUDDLE_REPLICAS: '1',
        HUDDLE_ORIGINS: 'https://a.example, http://b.example:8080/',
        HUDDLE_TRUST_PROXY: 'yes',
        HUDDLE_ADMIN_TOKEN: 'c'.repeat(16),
        HUDDLE_SESSION_SECRET: secrets.join(','),
        HUDDLE_SAMPLE: 'no',
        HUDDLE_PUBLIC_URL: 'https://huddle.example/',
        HUDDLE_PUSH_CONTACT: 'mailto:board@example.org',
        LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      port: 0,
      host: '127.0.0.1',
      data: '/var/lib/huddle',
      redisUrl: 'redis://redis:6379',
      durability: 'relaxed',
      replicas: 1,
      origins: ['https://a.example', 'http://b.example:8080'],
      trustProxy: true,
      adminToken: 'c'.repeat(16),
      pushContact: 'mailto:board@example.org',
      sessionSecrets: secrets,
      sample: false,
      publicUrl: 'https://huddle.example',
      logLevel: 'debug',
    });
  });

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HUDDLE_DURABILITY', 'none'],
    ['HUDDLE_REPLICAS', '1.5'],
    ['HUDDLE_REPLICAS', '1'],
    ['HUDDLE_ORIGINS', '*'],
    ['HUDDLE_ORIGINS', 'https://a.example/path'],
    ['HUDDLE_ORIGINS', 'HTTPS://A.example'],
    ['HUDDLE_ORIGINS', 'file:///etc'],
    ['HUDDLE_TRUST_PROXY', '1'],
    ['HUDDLE_ADMIN_TOKEN', 'short'],
    ['HUDDLE_SESSION_SECRET', 'short'],
    ['HUDDLE_SAMPLE', 'false'],
    ['HUDDLE_PUBLIC_URL', 'huddle.example'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://localhost:abc'],
    ['REDIS_URL', 'redis://localhost:99999'],
    ['REDIS_URL', 'redis://a:6379,b:6379'],
    ['REDIS_URL', 'redis://user:100%@localhost'],
    ['REDIS_URL', 'redis://localhost/zero'],
    ['HUDDLE_ADMIN_TOKEN', 'correct horse battery'],
    ['HUDDLE_ADMIN_TOKEN', 'schlüsselübergabe'],
    ['LOG_LEVEL', 'loud'],
  ])('%s="%s" is refused with a sentence that names it and says the way out', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(BadConfig);
    expect(read).toThrow(new RegExp(`^(?=.*${name}).*(leave .*out|make one with)`));
  });

  test('a secret or an address that may hold a password is never repeated in the message', () => {
    const message = (env: Record<string, string>): string => {
      try {
        readConfig(env);
      } catch (error) {
        return String(error);
      }
      return '';
    };
    expect(message({ HUDDLE_SESSION_SECRET: 'hunter2' })).not.toContain('hunter2');
    expect(message({ REDIS_URL: 'http://:hunter2@redis' })).toContain('REDIS_URL');
    for (const REDIS_URL of ['http://:hunter2@redis', 'redis://:hunter2@redis:port', 'redis://:hunter2%@redis'])
      expect(message({ REDIS_URL })).not.toContain('hunter2');
  });
});
