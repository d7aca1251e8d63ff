import { describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { readConfiguration } from '../configuration.js';
import { actorOf, claimAt } from './token-actor.js';

/** The actor of claims, for a service with some settings. */
const actor = (claims: JWTPayload, settings: Readonly<Record<string, string>> = {}) =>
  actorOf(
    { sub: 'alice', ...claims },
    readConfiguration({ AUTH_ISSUER: 'https://issuer.example', ...settings }).authentication,
  );

describe('a claim', () => {
  const claims = {
    roles: ['a'],
    realm_access: { roles: ['b'] },
    'https://example.com/roles': ['c'],
    resource_access: { 'my.desk': { roles: ['d'] } },
    'https://example.com/app': { roles: ['e'] },
    'a.b': { c: 1 },
    a: { b: 2, 'b.c': 3 },
  };
  it.each([
    ['roles', ['a']],
    ['realm_access.roles', ['b']],
    ['https://example.com/roles', ['c']],
    ['resource_access.my.desk.roles', ['d']],
    ['https://example.com/app.roles', ['e']],
    ['a.b.c', 1],
    ['a.b', { c: 1 }],
    ['none', undefined],
    ['realm_access.none', undefined],
    ['roles.length', undefined],
    ['toString', undefined],
    ['__proto__.toString', undefined],
  ])('%s is found by its path or its whole name', (path, value) => {
    expect(claimAt(JSON.parse(JSON.stringify(claims)), path)).toStrictEqual(value);
  });
});

describe("an issuer's claims", () => {
  it('are read where the settings say', () => {
    const settings = {
      AUTH_SUBJECT_CLAIM: 'oid',
      AUTH_TENANT_CLAIM: 'tid',
      AUTH_NAME_CLAIM: 'preferred_username',
      AUTH_ROLES_CLAIM: 'https://example.org/roles',
    };
    const claims = {
      oid: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      tid: 'acme',
      name: 'not this one',
      preferred_username: 'Alice',
      roles: ['admin'],
      'https://example.org/roles': ['customer'],
    };
    expect(actor(claims, settings)).toStrictEqual({
      id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      tenant: 'acme',
      name: 'Alice',
      roles: ['customer'],
    });
  });

  it('are ids in the normal form, without spaces around them', () => {
    expect(actor({ sub: ' Zoe\u0301 ', tenant: 'acme\u00a0' })).toMatchObject({
      id: 'Zo\u00e9',
      tenant: 'acme',
    });
  });

  it('are named when they are missing', () => {
    expect(() => actor({}, { AUTH_SUBJECT_CLAIM: 'oid' })).toThrow(/token's "oid" must be/);
  });

  it.each<[string, string[], string[]]>([
    ['desk-lead=lead,desk-engineer=engineer', ['desk-lead', 'x'], ['lead']],
    ['desk-lead=lead,desk-engineer=engineer', ['desk-engineer', 'desk-lead'], ['engineer', 'lead']],
    ['desk-lead=lead', ['reporter', 'offline_access'], ['reporter']],
    ['boss=lead,boss=admin', ['boss'], ['lead', 'admin']],
    ['Desk Admin=admin,admin=', ['admin'], []],
    ['Desk Admin=admin,admin=', ['Desk Admin'], ['admin']],
    ['engineer=lead', ['engineer'], ['lead']],
  ])('become roles by the map %j: %j', (map, roles, ours) => {
    expect(actor({ roles }, { AUTH_ROLE_MAP: map }).roles).toStrictEqual(ours);
  });
});
