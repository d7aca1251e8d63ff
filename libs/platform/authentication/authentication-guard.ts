import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { roles as allRoles, type Actor, type Role } from '#ticketing/decision.js';
import { Configuration } from '../configuration.js';
import { ApiRoles } from '../openapi/api-problems.js';
import { Problem } from '../problems/problem.js';
import { unauthenticated } from './token-actor.js';

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

  constructor(
    private readonly reflector: Reflector,
    @Inject(Configuration) private readonly configuration: Pick<Configuration, 'authentication'>,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.#accessOf(context.getHandler());
    if (access === 'public') return true;
    const { actor } = context.getArgByIndex<{ readonly actor?: Actor }>(0);
    if (actor === undefined) throw unauthenticated('The request has no token.');
    if (actor.roles.some((role) => access.includes(role))) return true;
    if (actor.roles.length === 0) throw new Problem('forbidden', this.#noRole());
    throw new Problem('forbidden', `This requires the role ${access.join(' or ')}.`);
  }

  /** Most often the issuer puts them elsewhere, or names them differently. */
  #noRole(): string {
    const { roles } = this.configuration.authentication.claims;
    return `The token has no role of this service: its claim "${roles}" must be a list with one or more of ${allRoles.join(', ')}. Ask for a role, or have the issuer or the operator (AUTH_ROLES_CLAIM, AUTH_ROLE_MAP) provide it.`;
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
