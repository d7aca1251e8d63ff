import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '#ticketing/decision.js';
import { bearerToken } from '../authentication/authenticate-requests.js';
import type { TokenVerifier } from '../authentication/token-verifier.js';
import { isLoopback } from '../authentication/issuer-url.js';
import { Configuration } from '../configuration.js';
import { Problem } from '../problems/problem.js';
import { refuseConnection } from './refuse-connection.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether the caller may see how the parts of the service are. */
    seesParts: boolean;
  }
}

/** Whose tokens open metrics and the parts of the health. The documentation opens to every token. */
const OPERATORS: readonly Role[] = ['admin'];

type Verifier = Pick<TokenVerifier, 'verify'>;

/**
 * Decides who sees the health of the parts, the metrics and the documentation. On loopback all of
 * it is open. On an address that others can reach it needs a token, and it is open on
 * `OPERATIONS_PORT`, which serves nothing else.
 */
@Injectable()
export class Operations implements OnApplicationShutdown {
  readonly #connections = new WeakSet<Socket>();
  #server: Server | null = null;

  constructor(private readonly configuration: Configuration) {}

  /** @param verifier - null for a process that accepts no tokens */
  guard(fastify: FastifyInstance, verifier: Verifier | null): void {
    const { host, operations } = this.configuration;
    const isOpen = isLoopback(host);
    fastify.decorateRequest('seesParts', isOpen);
    if (operations !== null) this.#server = this.#serverOf(fastify);
    if (isOpen && operations === null) return;
    fastify.addHook('onRequest', async (request) => {
      const { url: route } = request.routeOptions;
      if (this.#connections.has(request.raw.socket)) {
        if (!isOperational(route ?? request.url)) throw noSuchPath();
        request.seesParts = true;
      } else if (!isOpen && isOperational(route)) {
        await admit(request, route, verifier);
      }
    });
  }

  /** Opens `OPERATIONS_PORT`. @throws Error if it is in use, with what to do */
  async listen(): Promise<void> {
    const server = this.#server;
    const { operations } = this.configuration;
    if (server === null || operations === null) return;
    const { host, port } = operations;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const what =
          error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.message})`;
        reject(
          new Error(`Port ${port} of ${host} ${what}. Set OPERATIONS_PORT.`, { cause: error }),
        );
      });
      server.listen(port, host, resolve);
    });
  }

  /** Its address, such as `http://127.0.0.1:9000`; null if there is none. */
  get url(): string | null {
    const address = (this.#server?.address() ?? null) as AddressInfo | null;
    if (address === null) return null;
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${address.port}`;
  }

  onApplicationShutdown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  #serverOf(fastify: FastifyInstance): Server {
    const { headersSeconds, requestSeconds } = this.configuration.http;
    const limits = {
      headersTimeout: headersSeconds * 1_000,
      requestTimeout: requestSeconds * 1_000,
    };
    const server = createServer(limits, (request, response) => {
      fastify.routing(request, response);
    });
    server.on('connection', (socket) => this.#connections.add(socket));
    server.on('clientError', refuseConnection);
    return server;
  }
}

/** Whether a route is for operators and developers: health, metrics, the documentation. */
const isOperational = (route: string | undefined): route is string =>
  route !== undefined && /^\/(health\/|metrics$|api\/(docs|openapi))/.test(route);

const noSuchPath = (): Problem => new Problem('not_found', 'There is nothing at this path.');

/** @throws Problem unless the caller may have the answer of a route, if only a part of it */
async function admit(
  request: FastifyRequest,
  route: string,
  verifier: Verifier | null,
): Promise<void> {
  if (route.startsWith('/health/')) {
    // Probes have no token. They get the status alone, and so does a caller whose token is refused.
    request.seesParts = await isOperator(request, verifier).catch(() => false);
    return;
  }
  if (verifier === null) throw noSuchPath();
  const isAdmitted = await isOperator(request, verifier);
  if (route === '/metrics' && !isAdmitted)
    throw new Problem('forbidden', `This requires the role ${OPERATORS.join(' or ')}.`);
}

async function isOperator(request: FastifyRequest, verifier: Verifier | null): Promise<boolean> {
  if (verifier === null) return false;
  const { roles } = await verifier.verify(bearerToken(request));
  return roles.some((role) => OPERATORS.includes(role));
}
