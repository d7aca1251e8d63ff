import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#ticketing/decision.js';
import { hasBody } from '../http/unread-bodies.js';
import { unauthenticated } from './token-actor.js';
import type { TokenVerifier } from './token-verifier.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated caller. Set before the body is read; never set on public routes. */
    actor: Actor;
  }
}

/** The prefix of the routes that need a token. The other ones are public. */
const API = '/api/v1';

/** Receives a request without a valid token; returns the error to answer. */
type Refuse = (request: FastifyRequest, reply: FastifyReply, error: Error) => Error;

/**
 * Authenticates each request before a byte of its body is read. Unknown paths need a token if they
 * are in the API, which hides its routes, or if the request has a body.
 */
export function authenticateRequests(
  fastify: FastifyInstance,
  verifier: Pick<TokenVerifier, 'verify'>,
  refuse: Refuse = (_request, _reply, error) => error,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!needsToken(request)) {
      done();
      return;
    }
    const admit = (actor: Actor) => {
      request.actor = actor;
      done();
    };
    const fail = (error: Error) => {
      done(refuse(request, reply, error));
    };
    let actor: Actor | Promise<Actor>;
    try {
      actor = verifier.verify(bearerToken(request));
    } catch (error) {
      fail(error as Error);
      return;
    }
    if (actor instanceof Promise) actor.then(admit, fail);
    else admit(actor);
  });
}

function needsToken(request: FastifyRequest): boolean {
  const { url: route } = request.routeOptions;
  return route === undefined
    ? request.url.startsWith(API) || hasBody(request)
    : route.startsWith(API);
}

/** @throws Problem `unauthenticated` if there is no header, or one that is malformed */
export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const { authorization } = headers;
  if (authorization === undefined) throw unauthenticated('The request has no token.');
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('The Authorization header has no bearer token.');
  return token;
}
