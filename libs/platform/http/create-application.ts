import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { authenticateRequests } from '../authentication/authenticate-requests.js';
import { TokenVerifier } from '../authentication/token-verifier.js';
import type { Serving } from '../configuration.js';
import { LOGGER, NestLogger } from '../logging.js';
import { PlatformModule, type PlatformSettings } from '../platform.module.js';
import { Metrics } from '../process/metrics.js';
import { sendProblem } from '../problems/problem-filter.js';
import { ProblemReporter } from '../problems/problem-reporter.js';
import { observeHttp } from '../telemetry/http-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { checkRequestClasses } from '../validation/validator.js';
import { BODY_LIMIT, parseBodies, refuseMalformedQueries } from './bodies.js';
import { CallerLimits } from './limit-callers.js';
import { rememberPaths } from './known-paths.js';
import { limitPipelining } from './limit-pipelining.js';
import { serveDocumentation } from '../openapi/documentation.js';
import { endConnectionsAtStop } from './end-connections.js';
import { Operations } from './operations.js';
import { refuseConnection } from './refuse-connection.js';
import { closeUnreadAnswers } from './unread-answers.js';
import { closeIfUnread, closeUnreadBodies } from './unread-bodies.js';
import { privateHeaders, secureAnswers } from './security-headers.js';

export interface ApplicationSettings extends PlatformSettings {
  /** A process for users has the documentation of its API; one for probes has none. */
  readonly serving: Serving;
}

/** How often Node looks for requests that take too long. */
const CHECK_INTERVAL_MS = 1_000;

/**
 * Creates the HTTP application of a process.
 *
 * @throws Error if a store or a key cannot be opened; its message says what to do.
 */
export async function createApplication(
  module: Type,
  { serving, ...settings }: ApplicationSettings,
): Promise<NestFastifyApplication> {
  const { http } = settings.configuration;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: http.requestSeconds * 1_000,
    keepAliveTimeout: http.idleSeconds * 1_000,
    http: {
      headersTimeout: http.headersSeconds * 1_000,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    // At shutdown, idle connections are closed at once; requests in flight are finished.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      closeIfUnread(request, reply);
      void reply.headers(privateHeaders);
      sendProblem(app.get(ProblemReporter), error, request, reply);
    },
    clientErrorHandler: refuseConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    PlatformModule.around(module, settings),
    adapter,
    // Nest would log an error of the start with its stack. The caller reports it instead.
    { logger: false, bodyParser: false, abortOnError: false },
  );
  app.useLogger(new NestLogger(app.get(LOGGER)));
  checkRequestClasses();
  parseBodies(adapter);
  const fastify = adapter.getInstance();
  fastify.server.maxConnections = http.connections;
  limitPipelining(fastify.server);
  rememberPaths(fastify);
  secureAnswers(fastify);
  observeHttp(fastify, app.get(Telemetry));
  closeUnreadBodies(fastify);
  closeUnreadAnswers(fastify);
  const limits = new CallerLimits(http);
  limits.report(app.get(Metrics));
  const verifier = serving === 'users' ? app.get(TokenVerifier, { strict: false }) : null;
  app.get(Operations).guard(fastify, verifier);
  if (verifier !== null) {
    authenticateRequests(
      fastify,
      verifier,
      (request, reply, error) => limits.admit(request, reply) ?? error,
    );
  }
  limits.applyTo(fastify);
  refuseMalformedQueries(fastify);
  endConnectionsAtStop(fastify);
  if (serving === 'users') serveDocumentation(app);
  return app;
}
