import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Actor, Role } from '#ticketing/decision.js';
import { ApiRoles } from '../openapi/api-problems.js';
import { Problem } from '../problems/problem.js';
import { unauthenticated } from './token-verifier.js';

const ACCESS = 'access';
type Access = 'public' | readonly Role[];

/** Opens a route to callers without a token. */
export const Public = () => SetMetadata(ACCESS, 'public');

/** Opens a route to callers with one of these roles. A route without declared access is closed. */
export const AllowedFor = (...roles: Role[]) =>
  applyDecorators(SetMetadata(ACCESS, roles), ApiRoles(...roles));

/**
 * Checks the roles of a caller, whom {@link authenticateRequests} has authenticated before the body
 * was read. The domain decides on access to tickets.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  readonly #access = new WeakMap<object, Access>();

  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.#accessOf(context.getHandler());
    if (access === 'public') return true;
    const { actor } = context.getArgByIndex<{ readonly actor?: Actor }>(0);
    if (actor === undefined) throw unauthenticated('The request has no token.');
    if (actor.roles.some((role) => access.includes(role))) return true;
    throw new Problem('forbidden', `This requires the role ${access.join(' or ')}.`);
  }

  /** Caches the metadata, which do not change: reflection is slower. */
  #accessOf(handler: ReturnType<ExecutionContext['getHandler']>): Access {
    let access = this.#access.get(handler);
    if (access === undefined) {
      access = this.reflector.get<Access | undefined>(ACCESS, handler) ?? [];
      this.#access.set(handler, access);
    }
    return access;
  }
}
