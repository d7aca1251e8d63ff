import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isLoopback } from './authentication/issuer-url.js';
import { readConfiguration, WrongConfiguration } from './configuration.js';
import { readHttpLimits } from './http-limits.js';

type Environment = Record<string, string | undefined>;
const remote = {
  AUTH_JWKS_URL: 'https://issuer.example/keys',
  AUTH_ISSUER: 'https://issuer.example/',
  AUTH_AUDIENCE: 'service-tickets',
};

/** How tokens are read by default. */
const tokens = {
  claims: { roles: 'roles', tenant: 'tenant', subject: 'sub', name: 'name' },
  roleMap: new Map(),
  clockSkewSeconds: 5,
};

/** The problems, one in each line. */
function problems(environment: Environment): string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(WrongConfiguration);
    const [first, ...lines] = (error as Error).message.split('\n  ');
    expect(first).toBe('Invalid settings:');
    return lines;
  }
  return [];
}
const named = (environment: Environment): string[] =>
  problems(environment).map((line) => line.slice(0, line.indexOf(':')));

describe('the configuration', () => {
  it('has defaults for all settings', () => {
    expect(readConfiguration({})).toStrictEqual({
      host: '127.0.0.1',
      port: 3000,
      http: readHttpLimits((_name, _parse, otherwise) => otherwise),
      dataFolder: resolve('data'),
      operations: null,
      eventStoreUrl: null,
      mongodbUrl: null,
      authentication: { kind: 'local', ...tokens },
      logLevel: 'info',
      confirmationMinutes: 72 * 60,
      logCheck: { intervalHours: 24, maxEventsPerSecond: 1_000 },
      rebuildAtStart: false,
    });
  });

  it('treats an empty setting as missing', () => {
    const names = ['HOST', 'PORT', 'DATA_DIR', 'LOG_LEVEL', 'CONFIRMATION_HOURS', 'EVENTSTORE_URL'];
    const empty = [...names, 'MONGODB_URL', ...Object.keys(remote)].map((name) => [name, '']);
    expect(readConfiguration(Object.fromEntries(empty) as Environment)).toStrictEqual(
      readConfiguration({}),
    );
  });

  it('reads every setting', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '8080',
      OPERATIONS_PORT: '9000',
      OPERATIONS_HOST: '10.0.0.7',
      DATA_DIR: '/var/lib/tickets',
      EVENTSTORE_URL: 'esdb://one,two:2114?tls=false',
      MONGODB_URL: 'mongodb://one,two:27018/tickets?replicaSet=rs0',
      LOG_LEVEL: 'debug',
      CONFIRMATION_HOURS: '0.5',
      LOG_CHECK_HOURS: '12',
      LOG_CHECK_EVENTS_PER_SECOND: '500',
      HTTP_CONNECTIONS: '40',
      AUTH_ROLES_CLAIM: 'realm_access.roles',
      AUTH_TENANT_CLAIM: 'https://example.org/tenant',
      AUTH_SUBJECT_CLAIM: 'oid',
      AUTH_NAME_CLAIM: 'preferred_username',
      AUTH_ROLE_MAP: 'desk-lead=lead, Desk Boss=lead,Desk Boss=admin,a=b=engineer,admin=',
      AUTH_CLOCK_SKEW: '0',
      ...remote,
    };
    expect(readConfiguration(environment, 'users', ['--rebuild'])).toStrictEqual({
      host: '0.0.0.0',
      port: 8080,
      operations: { host: '10.0.0.7', port: 9000 },
      http: readHttpLimits((name, parse, otherwise) =>
        name === 'HTTP_CONNECTIONS' ? parse('40') : otherwise,
      ),
      dataFolder: '/var/lib/tickets',
      eventStoreUrl: 'esdb://one,two:2114?tls=false',
      mongodbUrl: 'mongodb://one,two:27018/tickets?replicaSet=rs0',
      authentication: {
        kind: 'remote',
        issuer: 'https://issuer.example/',
        audience: 'service-tickets',
        jwksUrl: new URL('https://issuer.example/keys'),
        claims: {
          roles: 'realm_access.roles',
          tenant: 'https://example.org/tenant',
          subject: 'oid',
          name: 'preferred_username',
        },
        roleMap: new Map([
          ['desk-lead', ['lead']],
          ['Desk Boss', ['lead', 'admin']],
          ['a=b', ['engineer']],
          ['admin', []],
        ]),
        clockSkewSeconds: 0,
      },
      logLevel: 'debug',
      confirmationMinutes: 30,
      logCheck: { intervalHours: 12, maxEventsPerSecond: 500 },
      rebuildAtStart: true,
    });
  });

  it('refuses unknown options', () => {
    expect(() => readConfiguration({}, 'users', ['--rebuild', '--rebuilt'])).toThrow(
      new WrongConfiguration(
        'Invalid settings:\n  "--rebuilt" is not an option. The only one is --rebuild.',
      ),
    );
  });

  it.each<[string, string[]]>([
    ['PORT', ['0', '1', '65535']],
    ['OPERATIONS_PORT', ['0', '9000']],
    ['HOST', ['localhost', '127.0.0.1', '127.9.9.9', '::1']],
    ['LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']],
    ['CONFIRMATION_HOURS', ['1', '8760', '0.01']],
    ['LOG_CHECK_EVENTS_PER_SECOND', ['1', '9999999']],
    ['DATA_DIR', ['.', './a b', '../x']],
    ['MONGODB_URL', ['mongodb://localhost', 'mongodb+srv://u:p@host.example/tickets']],
  ])('accepts for %s all of %j', (name, values) => {
    for (const value of values) expect(problems({ [name]: value })).toStrictEqual([]);
  });

  it.each<[string, string[]]>([
    ['OPERATIONS_PORT', ['65536', '-1', 'x']],
    ['OPERATIONS_HOST', ['a b', '127.0.0.1', '0.0.0.0']],
    ['PORT', ['65536', '-1', '3.5', '80a', ' ', '1e3', '0x50']],
    ['HOST', ['a b', 'http://x', '-x', 'x:80', '[::1', 'ü.example']],
    ['LOG_LEVEL', ['verbose', 'INFO', 'info ', 'toString']],
    ['HTTP_REQUEST_SECONDS', ['0', '3601', '1.5', '1s', ' ']],
    ['LOG_CHECK_EVENTS_PER_SECOND', ['0', '-1', '1.5', '10000000', 'many']],
    ['CONFIRMATION_HOURS', ['0', '-1', '8761', 'NaN', 'Infinity', 'three', ' ']],
    ['AUTH_ISSUER', ['issuer.example', 'ftp://issuer.example', 'https://issuer.example/?a=b']],
    ['AUTH_ROLES_CLAIM', [' ', '.roles', 'roles.', ' roles']],
    ['AUTH_TENANT_CLAIM', ['.']],
    ['AUTH_SUBJECT_CLAIM', ['sub ']],
    ['AUTH_NAME_CLAIM', ['.name']],
    ['AUTH_ROLE_MAP', ['lead', 'desk-lead=boss', 'x=system', '=lead', 'a=lead,']],
    ['AUTH_CLOCK_SKEW', ['-1', '301', '1.5', '5s', ' ']],
    ['EVENTSTORE_URL', ['localhost:2113', 'http://localhost:2113', 'esdb://', 'esdb://a?tls=no']],
    ['MONGODB_URL', ['localhost:27017', 'http://localhost', 'mongodb:localhost', 'mongodb://']],
  ])('refuses for %s all of %j, and says what is expected', (name, values) => {
    for (const value of values) {
      const [line, ...more] = problems({ ...remote, AUTH_JWKS_URL: '', [name]: value });
      expect(more).toStrictEqual([]);
      expect(line).toMatch(new RegExp(`^${name}: .*\\.$`, 's'));
    }
  });

  it('does not repeat an invalid connection string', () => {
    for (const [name, url, example] of [
      ['MONGODB_URL', 'mongo://user:secret@host.example', 'mongodb://host'],
      ['EVENTSTORE_URL', 'es://user:secret@host.example', 'esdb://user:password@host'],
    ] as const) {
      const [line] = problems({ [name]: url });
      expect(line).toContain(`${name}: `);
      expect(line).toContain(example);
      expect(line).not.toMatch(/secret|host\.example/);
    }
  });

  it.each([
    ['not a URL', 'an https URL'],
    ['ftp://issuer.example/keys', 'an https URL'],
    ['file:///etc/passwd', 'an https URL'],
    ['http://issuer.example/keys', 'use https'],
    ['http://localhost.issuer.example/keys', 'use https'],
    ['http://127.0.0.1.issuer.example/keys', 'use https'],
    ['http://0.0.0.0/keys', 'use https'],
  ])('refuses keys from %j', (url, words) => {
    const [line, ...more] = problems({ ...remote, AUTH_JWKS_URL: url });
    expect(more).toStrictEqual([]);
    expect(line).toContain('AUTH_JWKS_URL: ');
    expect(line).toContain(words);
  });

  it.each(['http://127.0.0.1:8080/keys', 'http://localhost/keys', 'http://[::1]:1/keys'])(
    'accepts keys over plain http from this machine: %s',
    (url) => {
      expect(problems({ ...remote, AUTH_JWKS_URL: url })).toStrictEqual([]);
    },
  );

  it('discovers the keys of an issuer whose address is all that is set', () => {
    const { authentication } = readConfiguration({ AUTH_ISSUER: 'https://issuer.example/realm' });
    expect(authentication).toStrictEqual({
      kind: 'remote',
      issuer: 'https://issuer.example/realm',
      audience: 'service-tickets',
      jwksUrl: null,
      ...tokens,
    });
  });

  it('takes any name of an issuer whose keys have an address', () => {
    expect(problems({ ...remote, AUTH_ISSUER: 'urn:desk' })).toStrictEqual([]);
  });

  it.each([
    'AUTH_JWKS_URL',
    'AUTH_AUDIENCE',
    'AUTH_ROLES_CLAIM',
    'AUTH_TENANT_CLAIM',
    'AUTH_SUBJECT_CLAIM',
    'AUTH_NAME_CLAIM',
    'AUTH_ROLE_MAP',
  ])('requires the issuer if %s is set', (name) => {
    const value = { AUTH_JWKS_URL: 'https://issuer.example/keys', AUTH_ROLE_MAP: 'a=lead' }[name];
    const [line, ...more] = problems({ [name]: value ?? 'x' });
    expect(more).toStrictEqual([]);
    expect(line).toMatch(new RegExp(`^AUTH_ISSUER: missing\\. ${name} .* set AUTH_ISSUER`));
  });

  it.each(['0.0.0.0', '::', '192.168.0.7', 'tickets.example', '128.0.0.1'])(
    'refuses to listen on %s with the local key, which is for this machine only',
    (host) => {
      const [line, ...more] = problems({ HOST: host });
      expect(more).toStrictEqual([]);
      expect(line).toMatch(/^HOST: .* AUTH_ISSUER and AUTH_AUDIENCE/);
      expect(problems({ HOST: host, ...remote })).toStrictEqual([]);
    },
  );

  it('reports all problems at once', () => {
    expect(
      named({
        HOST: 'not a host',
        PORT: 'none',
        LOG_LEVEL: 'loud',
        CONFIRMATION_HOURS: 'soon',
        EVENTSTORE_URL: 'eventstore://x',
        MONGODB_URL: 'postgres://x',
        AUTH_JWKS_URL: 'nowhere',
        AUTH_ISSUER: 'x',
        AUTH_ROLE_MAP: 'x',
      }).sort(),
    ).toStrictEqual([
      'AUTH_JWKS_URL',
      'AUTH_ROLE_MAP',
      'CONFIRMATION_HOURS',
      'EVENTSTORE_URL',
      'HOST',
      'LOG_LEVEL',
      'MONGODB_URL',
      'PORT',
    ]);
  });
});

describe('loopback', () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  it.each(['0.0.0.0', '::', 'localhost.example', '127.0.0.1.example', '10.0.0.1', ''])(
    'is not %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
