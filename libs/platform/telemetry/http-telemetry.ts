import { SpanKind, SpanStatusCode, type Context, type Span, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { logIdsOf } from '../http/log-ids.js';
import type { Telemetry } from './telemetry.js';
import { contextOf, readTraceparent, traceparentOf } from './trace-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The W3C trace context of what this request leads to, if there is any. */
    traceparent: string | undefined;
  }
}

/** The status of what nobody waited for: the connection was closed before the answer was sent. */
const CLOSED_BY_CLIENT = 499;

/** Requests that are traced. Probes and scrapes are many, and lead to nothing. */
const TRACED = '/api/v1/';

/** Times every request by its route, makes a span of it, and logs it at level debug. */
export function observeHttp(fastify: FastifyInstance, telemetry: Telemetry): void {
  const { registry, tracer, logger } = telemetry;
  const observe = durations(registry);
  fastify.decorateRequest('traceparent', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const begun = performance.now();
    const { method } = request;
    const { url: route = 'none' } = request.routeOptions;
    const given = readTraceparent(request.headers['traceparent']);
    const span =
      tracer !== null && route.startsWith(TRACED)
        ? begin(tracer, method, route, contextOf(given))
        : undefined;
    request.traceparent = span === undefined ? given : traceparentOf(span);
    reply.raw.once('close', () => {
      const seconds = (performance.now() - begun) / 1_000;
      const status = reply.raw.writableFinished ? reply.statusCode : CLOSED_BY_CLIENT;
      if (!isStream(reply)) observe(method, route, status, seconds);
      if (span !== undefined) end(span, status);
      if (logger.isLevelEnabled('debug')) log(logger, request, route, status, seconds);
    });
    done();
  });
}

/** The template alone names it: paths and queries tell of people, and of what they look for. */
const begin = (tracer: Tracer, method: string, route: string, parent: Context): Span => {
  const attributes = { 'http.request.method': method, 'http.route': route };
  return tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
};

function end(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function log(
  logger: Logger,
  request: FastifyRequest,
  route: string,
  status: number,
  seconds: number,
): void {
  const milliseconds = Math.round(seconds * 100_000) / 100;
  const { method } = request;
  logger.debug({ method, route, status, milliseconds, ...logIdsOf(request) }, 'request');
}

/** How long requests took, by route and status. Labels are looked up once: that costs the most. */
function durations(registry: Registry) {
  const histogram = new Histogram({
    name: 'tickets_http_request_seconds',
    help: 'From a request to the end of its answer, by route; streams of events are left out',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const known = new Map<string, Histogram.Internal<string>>();
  return (method: string, route: string, status: number, seconds: number): void => {
    const key = `${status} ${method} ${route}`;
    let labelled = known.get(key);
    if (labelled === undefined) {
      labelled = histogram.labels({ method, route, status });
      known.set(key, labelled);
    }
    labelled.observe(seconds);
  };
}

/** A stream of events lasts as long as somebody listens, which is no measure of anything. */
const isStream = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
