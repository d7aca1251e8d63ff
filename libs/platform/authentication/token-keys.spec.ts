import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { readConfiguration } from '../configuration.js';
import { Issuer, makeKey, tokenOf, type IssuersKey } from '../testing/issuer.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localSigningKey } from './local-key.js';
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

  it('are accepted for a limited time after they were withdrawn', async () => {
    const token = await tokenOf(key);
    await verify(token);
    issuer.keys = [await makeKey('EdDSA', 'next')];
    later(16 * 60);
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  it('do not extend the expiry of a token', async () => {
    const token = await tokenOf(key, { exp: Math.floor(Date.now() / 1_000) + 60 });
    await verify(token);
    later(59);
    await verify(token);
    later(2);
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
    const forged = await tokenOf(key, { iss: LOCAL_ISSUER, aud: LOCAL_AUDIENCE });
    for (const token of [await signToken(another, request), forged, await tokenOf(key)]) {
      await expect((async () => verifier.verify(token))()).rejects.toMatchObject(unauthenticated);
    }
  });
});
