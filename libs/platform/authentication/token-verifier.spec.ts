import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exportSPKI, SignJWT, type JWTPayload } from 'jose';
import { present } from '#event-store/testing/present.js';
import { until } from '#test/support/until.js';
import type { Actor } from '#ticketing/decision.js';
import { Issuer, goodClaims, makeKey, tokenOf, type IssuersKey } from '../testing/issuer.js';
import { TokenVerifier } from './token-verifier.js';

let issuer: Issuer;
let ed: IssuersKey;
let rsa: IssuersKey;
let verifier: TokenVerifier;
beforeAll(async () => {
  issuer = await Issuer.start();
  ed = await makeKey('EdDSA', 'ed');
  rsa = await makeKey('RS256', 'rsa');
  issuer.keys = [ed, rsa, await makeKey('ES256', 'ec')];
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  verifier = await TokenVerifier.create(issuer.configuration);
});

const verify = async (token: string): Promise<Actor> => verifier.verify(token);
const refused = async (token: string, words = /Send Authorization: Bearer/): Promise<void> => {
  const verifying = verify(token);
  await expect(verifying).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  await expect(verifying).rejects.toThrow(words);
};
const now = (): number => Math.floor(Date.now() / 1_000);
const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it('is accepted with each supported algorithm', async () => {
    for (const key of issuer.keys) {
      expect(await verify(await tokenOf(key))).toStrictEqual({
        id: 'alice',
        tenant: 'acme',
        roles: ['customer'],
      });
    }
    expect(issuer.keys.map(({ alg }) => alg)).toStrictEqual(['EdDSA', 'RS256', 'ES256']);
  });

  it('is verified once and then cached', async () => {
    const token = await tokenOf(ed);
    const first = verifier.verify(token);
    expect(first).toBeInstanceOf(Promise);
    const actor = await first;
    expect(verifier.verify(token)).toBe(actor);
  });

  it.each(['ES384', 'PS256'] as const)(
    'is refused with %s, even with a key of the issuer',
    async (alg) => {
      const key = await makeKey(alg, alg);
      const before = issuer.keys;
      issuer.keys = [...before, key];
      await refused(await tokenOf(key), /not signed with EdDSA, ES256, RS256/);
      issuer.keys = before;
    },
  );

  it.each(['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt', undefined])(
    'is accepted with the type %s',
    async (typ) => {
      expect(await verify(await tokenOf(ed, {}, { typ }))).toMatchObject({ id: 'alice' });
    },
  );

  it.each(['dpop+jwt', 'id_token', 'logout+jwt', 'secevent+jwt', 'JWE', 'at+jwt2', ' ', ''])(
    'is refused with the type %j, because it is not an access token',
    async (typ) => {
      await refused(await tokenOf(ed, {}, { typ }), /not an access token/);
    },
  );

  it.each(['ID', 'Refresh', 'Offline', 'Logout'])(
    "is refused if its claims have Keycloak's type %s",
    async (typ) => {
      await refused(await tokenOf(ed, { typ }), /not an access token/);
      expect(await verify(await tokenOf(ed, { typ: 'Bearer' }))).toMatchObject({ id: 'alice' });
    },
  );

  it('is refused without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      for (const signature of ['', encode('x')]) {
        await refused(`${encode({ alg, kid: 'ed' })}.${encode(goodClaims())}.${signature}`);
      }
    }
  });

  it('is refused with HS256 and the public key as the secret', async () => {
    const pem = await exportSPKI(rsa.publicKey);
    for (const secret of [pem, pem.trim(), JSON.stringify(rsa.jwk), present(rsa.jwk.n)]) {
      const signed = `${encode({ alg: 'HS256', kid: 'rsa' })}.${encode(goodClaims())}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      await refused(`${signed}.${signature}`);
    }
  });

  it('is refused with another key, also under the same key id', async () => {
    const other = await makeKey('EdDSA', 'other');
    await refused(await tokenOf(other));
    await refused(await tokenOf({ ...other, kid: 'ed' }));
  });

  it('is refused if it contains a key or a URL of keys', async () => {
    const other = await makeKey('EdDSA', 'other');
    const fetched = issuer.fetches;
    for (const header of [{ jwk: other.jwk }, { jku: 'http://127.0.0.1:1/keys' }, { x5c: ['x'] }]) {
      const token = await new SignJWT(goodClaims())
        .setProtectedHeader({ alg: 'EdDSA', kid: 'ed', ...header })
        .sign(other.privateKey);
      await refused(token);
    }
    expect(issuer.fetches - fetched).toBeLessThanOrEqual(1);
  });

  it('is refused if its key has another algorithm', async () => {
    await refused(await tokenOf({ ...ed, kid: 'rsa' }));
    await refused(await tokenOf({ ...ed, kid: 'ec' }));
  });

  it('is refused if its content was changed', async () => {
    const [header, , signature] = (await tokenOf(ed)).split('.');
    const claims = { ...goodClaims(), roles: ['admin'] };
    await refused(`${header ?? ''}.${encode(claims)}.${signature ?? ''}`);
  });

  it.each<[string, () => JWTPayload, RegExp]>([
    ['that has expired', () => ({ exp: now() - 6 }), /expired/],
    ['that expired with the clock skew', () => ({ exp: now() - 5 }), /expired/],
    ['that is not valid yet', () => ({ nbf: now() + 60 }), /"nbf"/],
    ['for another audience', () => ({ aud: 'another' }), /"aud"/],
    ['for other audiences', () => ({ aud: ['one', 'another'] }), /"aud"/],
    ['for no audience', () => ({ aud: undefined }), /"aud"/],
    ['of another issuer', () => ({ iss: 'https://issuer.example' }), /"iss"/],
    ['of no issuer', () => ({ iss: undefined }), /"iss"/],
    ['without a subject', () => ({ sub: undefined }), /./],
    ['without an expiry', () => ({ exp: undefined }), /./],
    ['with an expiry as text', () => ({ exp: 'tomorrow' as never }), /./],
    ['with an empty subject', () => ({ sub: '' }), /"sub" must be 1 to 128/],
    ['with a long subject', () => ({ sub: 'x'.repeat(129) }), /"sub" must be 1 to 128/],
    ['with a subject of two lines', () => ({ sub: 'alice\nadmin' }), /"sub" must be 1 to 128/],
    ['with a subject that is a number', () => ({ sub: 7 as never }), /./],
    ['with an empty tenant', () => ({ tenant: '' }), /"tenant" must be 1 to 128/],
    ['with a tenant that is a list', () => ({ tenant: ['acme'] }), /"tenant" must be 1 to 128/],
    ['with a tenant that is a number', () => ({ tenant: 7 }), /"tenant" must be 1 to 128/],
  ])('%s is refused', async (_, claims, words) => {
    await refused(await tokenOf(ed, claims()), words);
  });

  it.each<[string, () => JWTPayload]>([
    ['expired', () => ({ exp: now() - 2 })],
    ['will be valid', () => ({ nbf: now() + 3 })],
  ])('that %s within the clock skew is accepted, also when it is cached', async (_, claims) => {
    const token = await tokenOf(ed, claims());
    expect(await verify(token)).toMatchObject({ id: 'alice' });
    expect(await verify(token)).toMatchObject({ id: 'alice' });
    verifier = await TokenVerifier.create(issuer.configurationWith({ AUTH_CLOCK_SKEW: '0' }));
    await refused(token);
  });

  it('is accepted if ours is one of its audiences', async () => {
    expect(await verify(await tokenOf(ed, { aud: ['another', 'service-tickets'] }))).toBeDefined();
  });

  it.each<[string, JWTPayload, Partial<Actor>]>([
    ['no tenant', { tenant: undefined }, { tenant: null }],
    ['null as the tenant', { tenant: null }, { tenant: null }],
    ['no roles', { roles: undefined }, { roles: [] }],
    ['roles that are not a list', { roles: 'admin' }, { roles: [] }],
    ['unknown roles', { roles: ['root', 'system', 'Admin', 7, null] }, { roles: [] }],
    [
      'known roles among unknown ones',
      { roles: ['root', 'lead', 'engineer', 'lead'] },
      { roles: ['engineer', 'lead'] },
    ],
    ['a non-ASCII name', { sub: 'Åsa 🎫' }, { id: 'Åsa 🎫' }],
    ['a long id', { sub: 'x'.repeat(128) }, { id: 'x'.repeat(128) }],
    ['a name', { name: ' Alice Zoe\u0301 ' }, { name: 'Alice Zo\u00e9' }],
    ['a name of two lines', { name: 'Alice\nAdmin' }, {}],
    ['a name that is a list', { name: ['Alice'] }, {}],
    ['a blank name', { name: ' ' }, {}],
  ])('is accepted with %s', async (_, claims, actor) => {
    expect(await verify(await tokenOf(ed, claims))).toStrictEqual({
      id: 'alice',
      tenant: 'acme',
      roles: ['customer'],
      ...actor,
    });
  });

  it('is refused if it is not a token', async () => {
    const good = await tokenOf(ed);
    const part = fc.oneof(
      fc.constantFrom(...good.split('.'), '', encode('null'), encode('[]'), encode('7')),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.json({ maxDepth: 2 }).map(encode),
      fc
        .record({
          alg: fc.constantFrom('EdDSA', 'RS256', 'ES256', 'HS256', 'none', 7, null),
          kid: fc.constantFrom('ed', 'rsa', 'ec', 'x', 7, null, {}),
          crit: fc.constantFrom(undefined, [], ['b64'], ['exp']),
          b64: fc.constantFrom(undefined, false),
        })
        .map(encode),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
        const token = parts.join('.');
        fc.pre(token !== good);
        await refused(token);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an issuer that publishes', () => {
  let before: Issuer['keys'];
  beforeEach(() => {
    before = issuer.keys;
  });
  afterEach(() => {
    issuer.keys = before;
  });
  const says = (problem: RegExp) =>
    until('it says what is wrong', () =>
      problem.test(verifier.checkIssuer() ?? 'ok') ? true : null,
    );

  it('other keys only has a problem, until a token is signed with one of them', async () => {
    // Given
    await verify(await tokenOf(ed));
    const other = await makeKey('EdDSA', 'ed');
    // When
    issuer.keys = [other];
    // Then
    await says(/exchanged all its keys/);
    await refused(await tokenOf(ed, { sub: 'bob' }));
    await verify(await tokenOf(other));
    await says(/^ok$/);
  });

  it('no keys has a problem, for which no token is refused as wrong', async () => {
    // Given
    await verify(await tokenOf(ed));
    // When
    issuer.keys = [];
    // Then
    await says(/does not provide its keys/);
    const verifying = verify(await tokenOf(ed, { sub: 'bob' }));
    await expect(verifying).rejects.toMatchObject({ code: 'unavailable', status: 503 });
  });
});
