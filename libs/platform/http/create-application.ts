import { Reflector, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../authentication/authentication-guard.js';
import type { TokenVerifier } from '../authentication/token-verifier.js';
import { sendProblem, ProblemFilter } from '../problems/problem-filter.js';
import type { ProblemReporter } from '../problems/problem-reporter.js';
import { observeHttp } from '../telemetry/http-telemetry.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { NestLogger } from '../logging.js';
import { compileValidators } from '../validation/validator.js';
import { BODY_LIMIT, parseBodies } from './bodies.js';
import { limitConcurrency } from './concurrency-limit.js';
import { serveDocumentation } from './documentation.js';
import { endConnectionsAtStop } from './end-connections.js';
import { refuseConnection } from './refuse-connection.js';

type NestModule = Parameters<typeof NestFactory.create>[0];

/**
 * Makes the HTTP application around a Nest module: bodies, authentication, problem details and
 * documentation, alike for every process that has an API.
 */
export async function createApplication(
  module: NestModule,
  verifier: TokenVerifier,
  reporter: ProblemReporter,
  telemetry: Telemetry,
): Promise<NestFastifyApplication> {
  const app = await createOpenApplication(module, reporter, telemetry);
  app.useGlobalGuards(new AuthenticationGuard(new Reflector(), verifier));
  serveDocumentation(app);
  return app;
}

/** The same for what everybody may ask, without a token: health and metrics. */
export async function createOpenApplication(
  module: NestModule,
  reporter: ProblemReporter,
  telemetry: Telemetry,
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
    logger: new NestLogger(telemetry.logger),
    bodyParser: false,
    abortOnError: false,
  });
  compileValidators();
  parseBodies(adapter);
  observeHttp(adapter.getInstance(), telemetry);
  limitConcurrency(adapter.getInstance());
  endConnectionsAtStop(adapter.getInstance());
  app.useGlobalFilters(new ProblemFilter(reporter));
  return app;
}
