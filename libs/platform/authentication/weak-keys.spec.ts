import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, type JWK } from 'jose';
import { pino } from 'pino';
import { goodClaims, Issuer, makeKey, tokenOf } from '../testing/issuer.js';
import { TokenVerifier } from './token-verifier.js';
import { logWeakKeys, weaknessOf } from './weak-keys.js';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token signed without jose, which refuses to sign with a weak key. */
function signed(alg: string, kid: string, key: KeyObject): string {
  const text = `${encode({ alg, kid, typ: 'JWT' })}.${encode(goodClaims())}`;
  const dsaEncoding = 'ieee-p1363';
  const signature = sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(text), {
    key,
    dsaEncoding,
  });
  return `${text}.${signature.toString('base64url')}`;
}

/** Weak keys by their ids. */
const weak = {
  short: ['RS256', generateKeyPairSync('rsa', { modulusLength: 1024 }), /has 1024 bits.* 2048/],
  almost: ['RS256', generateKeyPairSync('rsa', { modulusLength: 2040 }), /has 2040 bits.* 2048/],
  ed448: ['EdDSA', generateKeyPairSync('ed448'), /another curve than Ed25519/],
  p384: ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-384' }), /another curve than P-256/],
} as const;

let issuer: Issuer;
let jwks: JWK[];
beforeAll(async () => {
  issuer = await Issuer.start();
  jwks = await Promise.all(
    Object.entries(weak).map(async ([kid, [, { publicKey }]]) => ({
      ...(await exportJWK(publicKey)),
      kid,
    })),
  );
});
afterAll(() => issuer.stop());

describe('a weak key of the issuer', () => {
  it.each(Object.entries(weak))('%s is named in the answer and the log', async (kid, one) => {
    const [alg, { privateKey }, words] = one;
    const good = await makeKey('EdDSA', 'good');
    issuer.instead = { status: 200, body: JSON.stringify({ keys: [...jwks, good.jwk] }) };
    const logged: object[] = [];
    const verifier = await TokenVerifier.create(issuer.configuration, {
      onLookup: () => undefined,
      onWeakKey: (...weakness) => logged.push(weakness),
    });
    const verifying = (async () => verifier.verify(signed(alg, kid, privateKey)))();
    await expect(verifying).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    await expect(verifying).rejects.toThrow(words);
    expect(logged).toStrictEqual([[kid, expect.stringMatching(words)]]);
    expect(await verifier.verify(await tokenOf(good))).toMatchObject({ id: 'alice' });
  });

  it('is logged once, however many tokens it signed', () => {
    const lines: string[] = [];
    const log = logWeakKeys(pino({}, { write: (line) => lines.push(line) }));
    for (let n = 0; n < 1_000; n++) log('short', 'has 1024 bits');
    log('other', 'has 1024 bits');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kid: 'short', weakness: 'has 1024 bits', msg: 'issuer key refused' },
      { kid: 'other' },
    ]);
  });
});

describe('a key that is not weak', () => {
  it.each(['RS256', 'ES256', 'EdDSA'] as const)('has no weakness for %s', async (alg) => {
    const { jwk } = await makeKey(alg, 'good');
    expect(weaknessOf([jwk], { alg, kid: 'good' })).toBeNull();
  });

  it('is not confused with a weak one of another id or type', () => {
    expect(weaknessOf(jwks, { alg: 'RS256', kid: 'none' })).toBeNull();
    expect(weaknessOf(jwks, { alg: 'ES256', kid: 'short' })).toBeNull();
  });
});
