import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { LoopObserver } from '#read-models/projecting-loop.js';
import { contextOf, readTraceparent } from './trace-context.js';

/**
 * Makes a span of each event in each projection, in the trace of the command that led to it. Those
 * of one page begin and end together, for they are folded and written together.
 */
export const projectionTraces = (tracer: Tracer): Required<Pick<LoopObserver, 'written'>> => ({
  written({ projection, events, parked, since }) {
    const until = performance.now();
    for (const { type, stream, metadata } of events) {
      const traceparent = readTraceparent(metadata['traceparent']);
      if (traceparent === undefined) continue;
      const span = tracer.startSpan(
        `project ${projection}`,
        {
          kind: SpanKind.CONSUMER,
          startTime: since,
          attributes: { 'tickets.projection': projection, 'tickets.event': type },
        },
        contextOf(traceparent),
      );
      if (parked.has(stream)) span.setStatus({ code: SpanStatusCode.ERROR, message: 'parked' });
      span.end(until);
    }
  },
});
