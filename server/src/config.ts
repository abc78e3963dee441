/** The environment, read once and checked; nothing else reads it. `.env.example` documents each variable. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** Absent: the embedded store (S5). */
  readonly redisUrl: string | undefined;
  readonly durability: 'full' | 'relaxed';
  /** How many Redis replicas each batch waits for (S4). */
  readonly replicas: number;
  /** Origins that may write besides the host itself (X1): `scheme://host[:port]`, exact. */
  readonly origins: readonly string[];
  /** Whether `X-Forwarded-Host` and `-Proto` come from our own proxy. */
  readonly trustProxy: boolean;
  /** Absent: made at first start, in the data folder. */
  readonly adminToken: string | undefined;
  /** The first signs, all are accepted; absent: shared by the nodes through the store. */
  readonly sessionSecrets: readonly [string, ...string[]] | undefined;
  /** Whether a deployment without any board begins with the sample week. */
  readonly sample: boolean;
  /** Where people reach this deployment, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** Whom push services may write to: `mailto:…` or `https://…`. Absent: the public address. */
  readonly pushContact: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** A variable that cannot be used; the message names it and says the way out. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';
}

type Environment = Readonly<Record<string, string | undefined>>;

const bad = (name: string, value: string, wanted: string): BadConfig =>
  new BadConfig(`${name} is "${value}", but must be ${wanted}; correct it or leave it out.`);

const number = (name: string, value: string | undefined, fallback: number, max: number): number => {
  if (value === undefined) return fallback;
  const parsed = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  if (!(parsed <= max)) throw bad(name, value, `a whole number from 0 to ${max}`);
  return parsed;
};

const choice = <T extends string>(name: string, value: string | undefined, choices: readonly [T, ...T[]]): T => {
  if (value === undefined) return choices[0];
  const chosen = choices.find((candidate) => candidate === value);
  if (chosen === undefined) throw bad(name, value, `one of ${choices.join(', ')}`);
  return chosen;
};

const list = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** `scheme://host[:port]` as a browser would send it, of http or https. */
const originOf = (name: string, value: string): string => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, '')) {
    throw bad(name, value, 'an address such as https://huddle.example.org, in lower case and without a path');
  }
  return url.origin;
};

/** A value that must not be shown in a message, because it is a secret. */
const secretOf = (name: string, value: string, least: number): string => {
  if (!/^[\x21-\x7e]*$/.test(value))
    throw new BadConfig(`${name} has blanks or letters that no header carries; make one with: openssl rand -base64 33`);
  if (value.length >= least && value.length <= 128) return value;
  throw new BadConfig(`${name} has ${value.length} characters, but must have ${least} to 128; make one with: openssl rand -base64 33`);
};

const redisUrlOf = (value: string | undefined): string | undefined => {
  const isAddress = (each: string): boolean => {
    if (!/^rediss?:\/\/[^\s/]/.test(each) || !URL.canParse(each)) return false;
    const { username, password, pathname } = new URL(each);
    // A lone % in a password, or a database that is no number, would be found only when connecting.
    return /^(?:%[0-9a-f]{2}|[^%])*$/i.test(username + password) && /^\/?\d*$/.test(pathname);
  };
  if (value === undefined || value.split(',').every((each) => isAddress(each.trim()))) return value;
  // The address may hold a password, so it is not shown.
  throw new BadConfig(
    'REDIS_URL must look like redis://host:6379 or rediss://host:6379; correct it, or leave it out to keep the data in HUDDLE_DATA.',
  );
};

const pushContactOf = (value: string | undefined): string | undefined => {
  if (value === undefined || /^mailto:[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) || /^https:\/\/[^\s/]+/.test(value)) return value;
  throw bad('HUDDLE_PUSH_CONTACT', value, 'an address such as mailto:board@example.org or https://example.org');
};

/** @throws BadConfig at the first variable that cannot be used */
export const readConfig = (environment: Environment): Config => {
  const env = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value?.trim() === '' ? undefined : value?.trim()]),
  );
  const [secret, ...olderSecrets] = list(env['HUDDLE_SESSION_SECRET']).map((one) => secretOf('HUDDLE_SESSION_SECRET', one, 32));
  const config: Config = {
    port: number('PORT', env['PORT'], 3000, 65_535),
    host: env['HOST'] ?? '0.0.0.0',
    data: resolve(env['HUDDLE_DATA'] ?? './data'),
    redisUrl: redisUrlOf(env['REDIS_URL']),
    durability: choice('HUDDLE_DURABILITY', env['HUDDLE_DURABILITY'], ['full', 'relaxed']),
    replicas: number('HUDDLE_REPLICAS', env['HUDDLE_REPLICAS'], 0, 16),
    origins: list(env['HUDDLE_ORIGINS']).map((origin) => originOf('HUDDLE_ORIGINS', origin)),
    trustProxy: choice('HUDDLE_TRUST_PROXY', env['HUDDLE_TRUST_PROXY'], ['no', 'yes']) === 'yes',
    adminToken: env['HUDDLE_ADMIN_TOKEN'] === undefined ? undefined : secretOf('HUDDLE_ADMIN_TOKEN', env['HUDDLE_ADMIN_TOKEN'], 16),
    sessionSecrets: secret === undefined ? undefined : [secret, ...olderSecrets],
    sample: choice('HUDDLE_SAMPLE', env['HUDDLE_SAMPLE'], ['yes', 'no']) === 'yes',
    publicUrl: env['HUDDLE_PUBLIC_URL'] === undefined ? undefined : originOf('HUDDLE_PUBLIC_URL', env['HUDDLE_PUBLIC_URL']),
    pushContact: pushContactOf(env['HUDDLE_PUSH_CONTACT']),
    logLevel: env['LOG_LEVEL'] === undefined ? 'info' : choice('LOG_LEVEL', env['LOG_LEVEL'], LOG_LEVELS),
  };
  if (config.replicas > 0 && config.redisUrl === undefined) {
    throw new BadConfig('HUDDLE_REPLICAS counts replicas of Redis, but there is no REDIS_URL; set REDIS_URL or leave HUDDLE_REPLICAS out.');
  }
  return config;
};

/** The process' environment, with what a `.env` file in the working folder adds to it. */
export const environment = (): Environment => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
};
