import type { ConsumerObserver } from '#consuming/consumer.js';
import { readTraceparent } from './trace-context.js';
import type { Attributes, Tracer } from './tracer.js';

/**
 * Makes a span of each event in each projection, in the trace of the command that caused it. The
 * spans of a page begin and end together, because the page is folded and written as a whole.
 */
export function projectionTraces(tracer: Tracer): Required<Pick<ConsumerObserver, 'written'>> {
  const known = new Map<string, Attributes>();
  return {
    written({ consumer: projection, events, parked, since }) {
      const name = `project ${projection}`;
      for (const { type, stream, metadata } of events) {
        const traceparent = readTraceparent(metadata['traceparent']);
        if (traceparent === undefined) continue;
        const key = `${projection} ${type}`;
        let attributes = known.get(key);
        if (attributes === undefined) {
          attributes = { 'tickets.projection': projection, 'tickets.event': type };
          known.set(key, attributes);
        }
        tracer
          .start(name, 'consumer', traceparent, since)
          .end(attributes, parked.has(stream) ? 'parked' : undefined);
      }
    },
  };
}
