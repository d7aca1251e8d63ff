import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { startProgram } from '#event-store/testing/programs.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { localSigningKey } from './local-key.js';
import { signToken } from './sign-token.js';

const newFolder = temporaryFolders();
let folder: string;
let file: string;
beforeEach(() => {
  folder = join(newFolder(), 'data');
  file = join(folder, 'signing-key.json');
});
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the local signing key', () => {
  it('is created on first use, readable only for its owner', async () => {
    const key = await localSigningKey(folder);
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toStrictEqual(key);
    expect(modeOf(file)).toBe('600');
    expect(modeOf(folder)).toBe('700');
    expect(readdirSync(folder)).toStrictEqual(['signing-key.json']);
  });

  it('stays the same, and differs between folders', async () => {
    const key = await localSigningKey(folder);
    expect(await localSigningKey(folder)).toStrictEqual(key);
    const other = await localSigningKey(newFolder());
    expect(other.kid).not.toBe(key.kid);
    expect(other.d).not.toBe(key.d);
  });

  it('gets restricted permissions if it was readable for others', async () => {
    await localSigningKey(folder);
    chmodSync(file, 0o644);
    await localSigningKey(folder);
    expect(modeOf(file)).toBe('600');
  });

  it('is one key, even if created concurrently', async () => {
    const program = new URL('../testing/make-key.js', import.meta.url);
    const running = Array.from({ length: 4 }, () => startProgram(program, [folder]));
    const keys = await Promise.all(running.map((one) => one.said()));
    for (const one of running) expect(await one.ended()).toStrictEqual({ code: 0, signal: null });
    const { kid, x } = await localSigningKey(folder);
    expect(keys).toStrictEqual(Array(4).fill({ kid, x }));
    expect(readdirSync(folder)).toStrictEqual(['signing-key.json']);

    const here = await Promise.all(
      Array.from({ length: 8 }, () => localSigningKey(join(folder, 'another'))),
    );
    expect(new Set(here.map((key) => key.kid)).size).toBe(1);
  });

  const okp = { kty: 'OKP', crv: 'Ed25519', x: 'eA', d: 'ZA', kid: 'k' };
  it.each([
    ['nothing', ''],
    ['a text', 'secret'],
    ['half of it', '{"kty":"OKP","crv":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another object', '{}'],
    ['a key of another kind', JSON.stringify({ ...okp, kty: 'EC' })],
    ['a key on another curve', JSON.stringify({ ...okp, crv: 'X25519' })],
    ['a public key', JSON.stringify({ ...okp, d: undefined })],
    ['a key without a name', JSON.stringify({ ...okp, kid: undefined })],
  ])('is not replaced if the file has %s, with the remedy', async (_, content) => {
    mkdirSync(folder);
    writeFileSync(file, content);
    const reading = localSigningKey(folder);
    await expect(reading).rejects.toThrow(file);
    await expect(reading).rejects.toThrow(/(cannot be read|has no Ed25519 key).* remove it/);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

describe('a token signed with it', () => {
  it('has the actor, the roles and the expiry', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const token = await signToken(folder, {
      sub: 'alice',
      roles: ['customer', 'reporter'],
      tenant: 'acme',
      ttl: '30m',
    });
    const { iat = 0, exp, ...claims } = decodeJwt(token);
    expect(claims).toStrictEqual({
      sub: 'alice',
      roles: ['customer', 'reporter'],
      tenant: 'acme',
      iss: 'urn:service-tickets:local',
      aud: 'service-tickets',
    });
    expect(exp).toBe(iat + 30 * 60);
    expect(iat).toBeGreaterThanOrEqual(now);
    const { kid } = await localSigningKey(folder);
    expect(decodeProtectedHeader(token)).toStrictEqual({ alg: 'EdDSA', kid, typ: 'JWT' });
  });

  it('has no tenant if none is given', async () => {
    const token = await signToken(folder, { sub: 'bob', roles: ['engineer'], ttl: '1h' });
    expect(decodeJwt(token)).not.toHaveProperty('tenant');
  });
});
