import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BATCH_PATH } from '../http/bodies.js';
import { logIdsOf } from '../http/log-ids.js';
import { Problem } from './problem.js';
import { ProblemReporter } from './problem-reporter.js';

/** Answers every error with problem details. No stack, SQL or file name reaches a caller. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly reporter: ProblemReporter) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(this.reporter, error, http.getRequest(), http.getResponse());
  }
}

export function sendProblem(
  reporter: ProblemReporter,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem =
    wrongMethod(error, request, reply) ?? reporter.problemOf(error, logIdsOf(request));
  const { status, mayPass, retryAfterSeconds } = problem;
  if (mayPass && (status === 429 || status === 503))
    void reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (status === 415) {
    const isBatch = request.routeOptions.url === BATCH_PATH;
    void reply.header('accept', isBatch ? 'application/x-ndjson' : 'application/json');
  }
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.details(request.url.split('?', 1)[0])));
}

/** Sets `Allow`, and returns the problem, where a path is known but not with this method. */
function wrongMethod(
  error: unknown,
  { server, url, method }: FastifyRequest,
  reply: FastifyReply,
): Problem | null {
  const methods = error instanceof NotFoundException ? server.methodsAt(url) : [];
  if (methods.length === 0 || methods.includes(method)) return null;
  const allowed = methods.join(', ');
  void reply.header('allow', allowed);
  return new Problem('method_not_allowed', `This path takes ${allowed}, and not ${method}.`);
}
