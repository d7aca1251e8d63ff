import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

const good = {
  sub: 'lena',
  roles: ['lead', 'admin', 'auditor'],
  iss: 'urn:service-tickets:local',
  aud: 'service-tickets',
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1_000);

/** Tokens that a service must refuse, by their flaw, signed for a data folder. */
export async function badTokens(folder: string): Promise<Readonly<Record<string, string>>> {
  const jwk = JSON.parse(readFileSync(join(folder, 'signing-key.json'), 'utf8')) as JWK;
  const own = await importJWK(jwk, 'EdDSA');
  const other = (await generateKeyPair('EdDSA', { extractable: true })).privateKey;
  const ecdsa = (await generateKeyPair('ES256')).privateKey;
  const header = { alg: 'EdDSA', kid: jwk.kid ?? '' };
  const sign = (claims: object, key = own, changes: object = {}) =>
    new SignJWT({ ...good, exp: now() + 600, ...claims })
      .setProtectedHeader({ ...header, ...changes })
      .sign(key);
  const whole = await sign({});
  const [head = '', payload = '', signature = ''] = whole.split('.');
  const claims = { ...good, exp: now() + 600 };
  return {
    'that is empty': '',
    'that is not a token': 'abc',
    'of two parts': `${head}.${payload}`,
    'without a signature': `${head}.${payload}.`,
    'whose payload was changed': `${head}.${encode({ ...claims, sub: 'anna' })}.${signature}`,
    'whose signature was changed': `${head}.${payload}.${signature.slice(0, -4)}AAAA`,
    'with the algorithm none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'with the algorithm none and a signature': `${encode({ alg: 'none', kid: jwk.kid })}.${payload}.${signature}`,
    'of HS256 with the public key as its secret': hmac(jwk.x ?? '', claims, jwk.kid),
    'of HS256 with an empty secret': hmac('', claims, jwk.kid),
    'signed with another key of the same id': await sign({}, other),
    'signed with another key and algorithm': await sign({}, ecdsa, { alg: 'ES256' }),
    'that contains its own key': await sign({}, other, { jwk: await exportJWK(other) }),
    'with an unknown key id': await sign({}, own, { kid: 'other' }),
    'that is a DPoP proof': await sign({}, own, { typ: 'dpop+jwt' }),
    'that is an id token': await sign({ typ: 'ID' }, own, { typ: 'JWT' }),
    'that has expired': await sign({ exp: now() - 60 }),
    'that is not valid yet': await sign({ nbf: now() + 600 }),
    'without an expiry': await sign({ exp: undefined }),
    'for another audience': await sign({ aud: 'other' }),
    'for no audience': await sign({ aud: undefined }),
    'of another issuer': await sign({ iss: 'https://evil.example' }),
    'without a subject': await sign({ sub: undefined }),
    'with an empty subject': await sign({ sub: '' }),
    'whose subject is an object': await sign({ sub: { $ne: null } }),
    'whose subject contains NUL': await sign({ sub: 'lena\u0000' }),
    'with a long subject': await sign({ sub: 'l'.repeat(129) }),
    'whose tenant is a list': await sign({ tenant: ['acme', 'globex'] }),
    'with a critical extension': await sign({}, own, { crit: ['exp'], exp: now() + 600 }).catch(
      () => `${encode({ ...header, crit: ['x'], x: 1 })}.${payload}.${signature}`,
    ),
  };
}

function hmac(secret: string, claims: object, kid: string | undefined): string {
  const signed = `${encode({ alg: 'HS256', kid })}.${encode(claims)}`;
  const key = Buffer.from(secret, 'base64url');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
