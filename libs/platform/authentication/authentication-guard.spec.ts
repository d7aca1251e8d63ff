import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { readConfiguration } from '../configuration.js';
import { AllowedFor, AuthenticationGuard, Public } from './authentication-guard.js';
import { signToken } from './sign-token.js';
import { TokenVerifier } from './token-verifier.js';

/** Routes as in controllers. */
class Routes {
  @Public()
  open(): string {
    return 'for anybody';
  }
  @AllowedFor('engineer', 'lead')
  forStaff(): string {
    return 'for staff';
  }
  @AllowedFor('admin')
  forAdmins(): string {
    return 'for admins';
  }
  forgotten(): string {
    return 'for nobody';
  }
}

const newFolder = temporaryFolders();
let guard: AuthenticationGuard;
let token: string;
let request: Partial<FastifyRequest>;
beforeAll(async () => {
  const folder = newFolder();
  const verifier = await TokenVerifier.create(readConfiguration({ DATA_DIR: folder }));
  guard = new AuthenticationGuard(new Reflector(), verifier);
  token = await signToken(folder, { sub: 'bob', roles: ['engineer', 'reporter'], ttl: '1h' });
});

/** Calls the guard for a route with a header. Always a promise, also if the guard is synchronous. */
const ask = async (route: keyof Routes, authorization?: string): Promise<boolean> => {
  request = { headers: authorization === undefined ? {} : { authorization } };
  const context = {
    getHandler: (): unknown => Reflect.get(Routes.prototype, route),
    getArgByIndex: () => request,
  };
  return guard.canActivate(context as unknown as ExecutionContext);
};

describe('the authentication of a request', () => {
  it('admits callers with the right role, and sets the actor', async () => {
    expect(await ask('forStaff', `Bearer ${token}`)).toBe(true);
    const bob = { id: 'bob', tenant: null, roles: ['engineer', 'reporter'] };
    expect(request.actor).toStrictEqual(bob);
    // The second time the token is cached and the guard is synchronous.
    expect(await ask('forStaff', `Bearer ${token}`)).toBe(true);
    expect(request.actor).toStrictEqual(bob);
  });

  it.each(['bearer', 'BEARER', 'Bearer '])(
    'reads the scheme case-insensitively: %j',
    async (scheme) => {
      expect(await ask('forStaff', `${scheme} ${token}`)).toBe(true);
    },
  );

  it('admits everyone to a public route, with any token or none', async () => {
    expect(await ask('open')).toBe(true);
    expect(await ask('open', 'Bearer nonsense')).toBe(true);
    expect(request.actor).toBeUndefined();
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['no token', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['another scheme', 'Basic Ym9iOnNlY3JldA=='],
    ['two tokens', 'Bearer a.b.c d.e.f'],
    ['something after it', 'Bearer a.b.c, Basic x'],
    ['a line after it', 'Bearer a.b.c\nX: y'],
    ['a token that does not verify', 'Bearer a.b.c'],
  ])('rejects a request with %s', async (_, header) => {
    await expect(ask('forStaff', header)).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
    });
    expect(request.actor).toBeUndefined();
  });

  it('rejects a caller with another role, and names the right ones', async () => {
    await expect(ask('forAdmins', `Bearer ${token}`)).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
      detail: 'This requires the role admin.',
    });
    expect(request.actor).toBeUndefined();
  });

  it('admits nobody to a route without declared access', async () => {
    await expect(ask('forgotten', `Bearer ${token}`)).rejects.toMatchObject({ status: 403 });
    await expect(ask('forgotten')).rejects.toMatchObject({ status: 401 });
  });
});
