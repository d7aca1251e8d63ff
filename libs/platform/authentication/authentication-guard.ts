import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from '#ticketing/decision.js';
import { ApiRoles } from '../openapi/api-problems.js';
import { Problem } from '../problems/problem.js';
import { TokenVerifier, unauthenticated } from './token-verifier.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated caller. The guard sets it before any handler runs. */
    actor: Actor;
  }
}

const ACCESS = 'access';
type Access = 'public' | readonly Role[];

/** Opens a route to callers without a token. */
export const Public = () => SetMetadata(ACCESS, 'public');

/** Opens a route to callers with one of these roles. A route without declared access is closed. */
export const AllowedFor = (...roles: Role[]) =>
  applyDecorators(SetMetadata(ACCESS, roles), ApiRoles(...roles));

/** Authenticates every request and checks its caller's roles. The domain decides on access to tickets. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  readonly #access = new WeakMap<object, Access>();

  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.#accessOf(context.getHandler());
    if (access === 'public') return true;
    const request = context.getArgByIndex<FastifyRequest>(0);
    const actor = this.verifier.verify(bearerToken(request));
    return actor instanceof Promise
      ? actor.then((verified) => admit(request, verified, access))
      : admit(request, actor, access);
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

function admit(request: FastifyRequest, actor: Actor, allowed: readonly Role[]): boolean {
  if (!actor.roles.some((role) => allowed.includes(role))) {
    throw new Problem('forbidden', `This requires the role ${allowed.join(' or ')}.`);
  }
  request.actor = actor;
  return true;
}

function bearerToken({ headers }: FastifyRequest): string {
  const { authorization } = headers;
  if (authorization === undefined) throw unauthenticated('The request has no token.');
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('The Authorization header has no bearer token.');
  return token;
}
