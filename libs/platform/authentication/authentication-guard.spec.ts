import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Actor, Role } from '#ticketing/decision.js';
import { readConfiguration } from '../configuration.js';
import { AllowedFor, AuthenticationGuard, Public } from './authentication-guard.js';

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

const guard = new AuthenticationGuard(
  new Reflector(),
  readConfiguration({
    AUTH_ISSUER: 'https://issuer.example',
    AUTH_ROLES_CLAIM: 'realm_access.roles',
  }),
);

/** Calls the guard for a route, with a caller who has some roles, or without one. */
const ask = (route: keyof Routes, ...roles: Role[]): boolean => {
  return askAs(route, roles.length === 0 ? undefined : { id: 'bob', tenant: null, roles });
};
const askAs = (route: keyof Routes, actor: Actor | undefined): boolean => {
  const context = {
    getHandler: (): unknown => Reflect.get(Routes.prototype, route),
    getArgByIndex: () => ({ actor }),
  };
  return guard.canActivate(context as unknown as ExecutionContext);
};

describe('the access to a route', () => {
  it('is given to callers with one of its roles', () => {
    expect(ask('forStaff', 'reporter', 'engineer')).toBe(true);
    expect(ask('forStaff', 'lead')).toBe(true);
  });

  it('is given to everyone if the route is public', () => {
    expect(ask('open')).toBe(true);
    expect(ask('open', 'customer')).toBe(true);
  });

  it('is refused to a caller with another role, with the right ones', () => {
    expect(() => ask('forAdmins', 'engineer', 'reporter')).toThrow(
      expect.objectContaining({
        code: 'forbidden',
        status: 403,
        detail: 'This requires the role admin.',
      }),
    );
  });

  it('is refused to a token without a role, with the claim that was read and what to do', () => {
    const nobody: Actor = { id: 'bob', tenant: null, roles: [] };
    expect(() => askAs('forStaff', nobody)).toThrow(
      /no role of this service: its claim "realm_access.roles" must be a list .* engineer, lead, .*AUTH_ROLES_CLAIM/,
    );
  });

  it('is refused to everyone if the route declares none', () => {
    expect(() => ask('forgotten', 'admin')).toThrow(expect.objectContaining({ status: 403 }));
  });

  it.each(['forStaff', 'forgotten'] as const)(
    'is refused to a caller whom nothing has authenticated: %s',
    (route) => {
      expect(() => ask(route)).toThrow(expect.objectContaining({ status: 401 }));
    },
  );
});
