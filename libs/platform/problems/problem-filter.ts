import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logIdsOf } from '../http/log-ids.js';
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
  const problem = reporter.problemOf(error, logIdsOf(request));
  const { status, mayPass, retryAfterSeconds } = problem;
  if (mayPass && (status === 429 || status === 503))
    void reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.details(request.url.split('?', 1)[0])));
}
