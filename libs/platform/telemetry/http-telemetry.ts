import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { logIdsOf } from '../http/log-ids.js';
import type { Telemetry } from './telemetry.js';
import { readTraceparent } from './trace-context.js';
import type { Attributes } from './tracer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The W3C trace context for what this request causes, if there is one. */
    traceparent: string | undefined;
  }
}

/** The status if the client closed the connection before the answer was sent (as in nginx). */
const CLOSED_BY_CLIENT = 499;

/** The prefix of traced routes. Probes and scrapes are frequent and cause nothing. */
const TRACED = '/api/v1/';

/**
 * Times every request by its route, makes a span of it, and logs it at level debug. Requests are
 * named by the route's template: paths and query strings contain personal data.
 */
export function observeHttp(fastify: FastifyInstance, telemetry: Telemetry): void {
  const { registry, tracer, logger } = telemetry;
  const kindOf = requestKinds(registry);
  fastify.decorateRequest('traceparent', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const begun = performance.now();
    const { method } = request;
    const { url: route = 'none' } = request.routeOptions;
    const given = readTraceparent(request.headers['traceparent']);
    const span = route.startsWith(TRACED)
      ? tracer?.start(`${method} ${route}`, 'server', given)
      : undefined;
    request.traceparent = span === undefined ? given : span.traceparent;
    reply.raw.once('close', () => {
      const seconds = (performance.now() - begun) / 1_000;
      const status = reply.raw.writableFinished ? reply.statusCode : CLOSED_BY_CLIENT;
      const { durations, attributes } = kindOf(method, route, status);
      if (!isStream(reply)) durations.observe(seconds);
      span?.end(attributes, status >= 500 ? String(status) : undefined);
      if (logger.isLevelEnabled('debug')) log(logger, request, route, status, seconds);
    });
    done();
  });
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

/** What requests with the same method, route and status have in common. */
interface RequestKind {
  readonly durations: Histogram.Internal<string>;
  readonly attributes: Attributes;
}

/** Caches each kind of request: looking up labels costs more than recording a value. */
function requestKinds(registry: Registry) {
  const histogram = new Histogram({
    name: 'tickets_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route; without event streams',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const known = new Map<string, RequestKind>();
  return (method: string, route: string, status: number): RequestKind => {
    const key = `${status} ${method} ${route}`;
    let kind = known.get(key);
    if (kind === undefined) {
      kind = {
        durations: histogram.labels({ method, route, status }),
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': status,
        },
      };
      known.set(key, kind);
    }
    return kind;
  };
}

/** An event stream stays open as long as the client listens: its duration means nothing. */
const isStream = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
