import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { until } from '#test/support/until.js';
import { readConfiguration } from '../configuration.js';
import { Issuer, makeKey, tokenOf, type IssuersKey } from '../testing/issuer.js';
import { DEFAULT_AUDIENCE } from './authentication-settings.js';
import { LOCAL_ISSUER, localSigningKey } from './local-key.js';
import { signToken } from './sign-token.js';
import { TokenVerifier } from './token-verifier.js';

const newFolder = temporaryFolders();
const unauthenticated = { code: 'unauthenticated', status: 401 };
const unavailable = { code: 'unavailable', status: 503 };

describe('the keys of an issuer', () => {
  let issuer: Issuer;
  let key: IssuersKey;
  let verifier: TokenVerifier;
  beforeEach(async () => {
    issuer = await Issuer.start();
    key = await makeKey('EdDSA', 'first');
    issuer.keys = [key];
    verifier = await TokenVerifier.create(issuer.configuration);
    // Only Date is fake: timers and the network are real.
    jest.useFakeTimers({
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await issuer.stop();
  });
  const later = (seconds: number): void => {
    jest.setSystemTime(Date.now() + seconds * 1_000);
  };
  const verify = async (token: string) => verifier.verify(token);
  const accepted = async (of: IssuersKey): Promise<void> => {
    expect(await verify(await tokenOf(of))).toMatchObject({ id: 'alice' });
  };

  it('are fetched on first use, once for concurrent requests', async () => {
    expect(issuer.fetches).toBe(0);
    const tokens = await Promise.all([1, 2, 3, 4].map((n) => tokenOf(key, { jti: String(n) })));
    await Promise.all(tokens.map(verify));
    await accepted(key);
    expect(issuer.fetches).toBe(1);
  });

  it('are fetched again for a new key', async () => {
    await accepted(key);
    const next = await makeKey('ES256', 'next');
    issuer.keys = [key, next];
    later(31);
    await accepted(next);
    await accepted(key);
    expect(issuer.fetches).toBe(2);
  });

  it('are fetched at most twice for a thousand tokens with invented key ids', async () => {
    const attacker = await makeKey('EdDSA', 'attacker');
    const tokens = await Promise.all(
      Array.from({ length: 1_000 }, () => tokenOf({ ...attacker, kid: randomUUID() })),
    );
    for (const token of tokens.slice(0, 200)) {
      await expect(verify(token)).rejects.toMatchObject(unauthenticated);
    }
    const rest = await Promise.allSettled(tokens.slice(200).map(verify));
    for (const { status } of rest) expect(status).toBe('rejected');
    expect(issuer.fetches).toBeLessThanOrEqual(2);
    // Valid tokens are still accepted.
    await accepted(key);
  });

  it('are refused within 5 minutes after they were withdrawn, whenever they were used', async () => {
    // Given a withdrawn key
    const token = await tokenOf(key);
    await verify(token);
    issuer.keys = [await makeKey('EdDSA', 'next')];
    // When its tokens are used for as long as they are accepted
    later(239);
    await verify(token);
    // Then
    later(61);
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
    await expect(verify(await tokenOf(key, { jti: 'new' }))).rejects.toMatchObject(unauthenticated);
  });

  describe('without a key id in the token', () => {
    const withoutKid = (of: IssuersKey, jti = 'one') => tokenOf({ ...of, kid: undefined }, { jti });

    it('are all tried that have its algorithm', async () => {
      const [second, third] = [await makeKey('EdDSA', 'second'), await makeKey('EdDSA', 'third')];
      const rsa = await makeKey('RS256', 'rsa');
      issuer.keys = [key, rsa, second, await makeKey('RS256', 'rsa2'), third];
      for (const each of [key, second, third, rsa]) {
        expect(await verify(await withoutKid(each))).toMatchObject({ id: 'alice' });
      }
      expect(issuer.fetches).toBe(1);
    });

    it('are tried if several have the same id', async () => {
      const twin = await makeKey('EdDSA', 'first');
      issuer.keys = [key, twin];
      await accepted(key);
      await accepted(twin);
    });

    it('are fetched again for a new key, and seldom', async () => {
      // Given
      await accepted(key);
      const next = await makeKey('EdDSA', 'next');
      issuer.keys = [key, next];
      // When
      later(31);
      expect(await verify(await withoutKid(next))).toMatchObject({ id: 'alice' });
      // Then
      const attacker = await makeKey('EdDSA', 'attacker');
      for (let n = 0; n < 50; n += 1) {
        const forged = await withoutKid(attacker, String(n));
        await expect(verify(forged)).rejects.toMatchObject(unauthenticated);
      }
      expect(issuer.fetches).toBe(2);
    });

    it('are tried up to a bound', async () => {
      const others = await Promise.all(
        Array.from({ length: 20 }, (_, n) => makeKey('EdDSA', String(n))),
      );
      issuer.keys = [...others, key];
      await expect(verify(await withoutKid(key))).rejects.toMatchObject(unauthenticated);
      await accepted(key);
    });
  });

  it('do not extend the expiry of a token', async () => {
    const token = await tokenOf(key, { exp: Math.floor(Date.now() / 1_000) + 60 });
    await verify(token);
    later(64);
    await verify(token);
    later(1);
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  const down: [string, Issuer['instead']][] = [
    ['cuts the connection', 'nothing'],
    ['answers with an error', { status: 500, body: 'no' }],
    ['redirects', { status: 302, body: '' }],
    ['answers without JSON', { status: 200, body: '<html>' }],
    ['answers with other JSON', { status: 200, body: '{"error":"busy"}' }],
    ['answers with a list', { status: 200, body: '[]' }],
    ['answers with null', { status: 200, body: 'null' }],
  ];
  it.each(down)('make the service unavailable if the issuer %s', async (_, instead) => {
    issuer.instead = instead;
    const token = await tokenOf(key);
    const verifying = verify(token);
    await expect(verifying).rejects.toMatchObject(unavailable);
    await expect(verifying).rejects.toThrow(/does not provide its keys at the moment/);
    // It recovers by itself.
    issuer.instead = null;
    expect(await verify(token)).toMatchObject({ id: 'alice' });
  });

  it('make the service unavailable if nothing listens', async () => {
    await issuer.stop();
    await expect(verify(await tokenOf(key))).rejects.toMatchObject(unavailable);
    await expect(verify('not a token')).rejects.toMatchObject(unauthenticated);
  });
});

describe('the keys of an issuer by discovery', () => {
  let issuer: Issuer;
  let key: IssuersKey;
  let verifier: TokenVerifier;
  beforeEach(async () => {
    issuer = await Issuer.start();
    key = await makeKey('RS256', 'first');
    issuer.keys = [key];
    verifier = await discovering(issuer.url);
  });
  afterEach(() => issuer.stop());
  const discovering = (name: string) =>
    TokenVerifier.create(issuer.configurationWith({ AUTH_ISSUER: name, AUTH_JWKS_URL: '' }));
  const verify = async (claims: JWTPayload = {}) =>
    verifier.verify(await tokenOf(key, { iss: issuer.url, ...claims }));
  const problem = () => until('it says what is wrong', () => verifier.checkIssuer());

  it('are found by the address of the issuer alone', async () => {
    issuer.discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
    expect(await verify()).toMatchObject({ id: 'alice' });
    expect(await verify({ sub: 'bob' })).toMatchObject({ id: 'bob' });
    await expect(verify({ iss: 'https://issuer.example/' })).rejects.toMatchObject(unauthenticated);
    expect(issuer.fetches).toBe(1);
  });

  it('are found for an issuer with a slash at its end', async () => {
    const name = `${issuer.url}/`;
    issuer.discovery = { issuer: name, jwks_uri: `${issuer.url}/keys` };
    verifier = await discovering(name);
    expect(await verify({ iss: name })).toMatchObject({ id: 'alice' });
  });

  it('are found where they have moved to', async () => {
    issuer.discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/gone` };
    await expect(verify()).rejects.toMatchObject(unavailable);
    issuer.discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
    expect(await verify()).toMatchObject({ id: 'alice' });
  });

  it.each<[string, object | null, RegExp]>([
    [
      'of another issuer',
      { issuer: 'https://evil.example', jwks_uri: '/keys' },
      /issuer "https:\/\/evil/,
    ],
    ['without an address', { issuer: 'itself' }, /does not name/],
    ['with plain http', { issuer: 'itself', jwks_uri: 'http://evil.example/keys' }, /use https/],
    ['that is a list', [], /does not name/],
    ['that is missing', null, /does not provide its keys/],
  ])('are not taken from a document %s, which the health says', async (_, document, words) => {
    const named = document !== null && 'issuer' in document && document.issuer === 'itself';
    issuer.discovery = named ? { ...document, issuer: issuer.url } : document;
    await expect(verify()).rejects.toMatchObject(unavailable);
    expect(await problem()).toMatch(words);
  });
});

describe('the local key', () => {
  const local = (dataFolder: string) =>
    TokenVerifier.create(readConfiguration({ DATA_DIR: dataFolder }));
  const request = { sub: 'bob', roles: ['engineer'], ttl: '1h' };

  it('verifies its own tokens', async () => {
    const folder = newFolder();
    const verifier = await local(folder);
    expect(await verifier.verify(await signToken(folder, request))).toStrictEqual({
      id: 'bob',
      tenant: null,
      roles: ['engineer'],
    });
  });

  it('rejects all others', async () => {
    const [folder, another] = [newFolder(), newFolder()];
    const verifier = await local(folder);
    const { kid = '' } = await localSigningKey(folder);
    const key = { ...(await makeKey('EdDSA', kid)), kid };
    const forged = await tokenOf(key, { iss: LOCAL_ISSUER, aud: DEFAULT_AUDIENCE });
    for (const token of [await signToken(another, request), forged, await tokenOf(key)]) {
      await expect((async () => verifier.verify(token))()).rejects.toMatchObject(unauthenticated);
    }
  });
});
