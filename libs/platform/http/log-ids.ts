import type { FastifyRequest } from 'fastify';
import type { LogIds } from '../problems/problem-reporter.js';
import { traceIdOf } from '../telemetry/trace-context.js';
import { correlationIdOf } from './correlation.js';

/** The ids in every log line about a request. */
export const logIdsOf = ({ headers, traceparent }: FastifyRequest): LogIds => ({
  correlationId: correlationIdOf(headers),
  traceId: traceIdOf(traceparent),
});
