import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './until.js';

/** A received span, with the name of its process. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number; readonly message?: string };
}

/** How a receiver answers: properly, with 503, or never. */
export type Manner = 'accepts' | 'refuses' | 'is silent';

/** Receives spans like a collector, over HTTP (OTLP). It parses JSON only. */
export class TraceReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** The raw requests. */
  readonly bodies: Buffer[] = [];
  readonly contentTypes = new Set<string>();
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.contentTypes.add(request.headers['content-type'] ?? '');
      this.#take(Buffer.concat(parts), response);
    });
  });

  private constructor(public manner: Manner) {}

  static async open(manner: Manner = 'accepts'): Promise<TraceReceiver> {
    const receiver = new TraceReceiver(manner);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** The environment of a process that exports its spans here, without delay. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
  }

  /** The spans of a trace, once it has all these names. */
  trace(traceId: string, names: readonly string[]): Promise<readonly ReceivedSpan[]> {
    return until(`a trace has spans named ${names.join(', ')}`, () => {
      const found = this.spans.filter((span) => span.traceId === traceId);
      const missing = names.filter((name) => !found.some((span) => span.name === name));
      return missing.length > 0 ? null : found;
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(body: Buffer, response: ServerResponse): void {
    this.bodies.push(body);
    if (this.manner === 'is silent') return;
    if (this.manner === 'refuses') {
      response.writeHead(503).end();
      return;
    }
    if (body.toString('utf8', 0, 1) === '{') this.spans.push(...spansOf(body.toString()));
    response.end();
  }
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
type SentSpan = Omit<ReceivedSpan, 'service' | 'attributes'> & {
  readonly attributes: readonly Attribute[];
};
interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const spansOf = (json: string): ReceivedSpan[] =>
  (JSON.parse(json) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) })),
    );
  });

const valuesOf = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
