import { Reflector, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AuthenticationGuard } from '../authentication/authentication-guard.js';
import type { TokenVerifier } from '../authentication/token-verifier.js';
import { sendProblem, ProblemFilter } from '../problems/problem-filter.js';
import type { ProblemReporter } from '../problems/problem-reporter.js';
import { observeHttp, type HttpTelemetry } from '../telemetry/http-telemetry.js';
import { NestLogger } from '../logging.js';
import { compileValidators } from '../validation/validator.js';
import { BODY_LIMIT, parseBodies } from './bodies.js';
import { limitConcurrency } from './concurrency-limit.js';
import { serveDocumentation } from './documentation.js';
import { endConnectionsAtStop } from './end-connections.js';
import { refuseConnection } from './refuse-connection.js';

/**
 * Makes the HTTP application around a Nest module: bodies, authentication, problem details and
 * documentation, alike for every process that speaks HTTP.
 */
export async function createApplication(
  module: Parameters<typeof NestFactory.create>[0],
  verifier: TokenVerifier,
  reporter: ProblemReporter,
  logger: Logger,
  telemetry?: HttpTelemetry,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // What is under way at SIGTERM is finished; idle connections are closed at once.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reporter, error, request, reply);
    },
    clientErrorHandler: refuseConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  compileValidators();
  parseBodies(adapter);
  if (telemetry !== undefined) observeHttp(adapter.getInstance(), telemetry);
  limitConcurrency(adapter.getInstance());
  endConnectionsAtStop(adapter.getInstance());
  app.useGlobalGuards(new AuthenticationGuard(new Reflector(), verifier));
  app.useGlobalFilters(new ProblemFilter(reporter));
  serveDocumentation(app);
  return app;
}
