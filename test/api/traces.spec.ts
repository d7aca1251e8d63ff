import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { historyOf } from '#test/support/long-ticket.js';
import { tokensOf } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { TraceReceiver, type ReceivedSpan } from '#test/support/trace-receiver.js';

/** The projections of a created ticket. */
const PROJECTIONS = [
  'durations',
  'engineers',
  'flow',
  'ticket-counts',
  'ticket-periods',
  'tickets',
].map((name) => `project ${name}`);

/** The spans of a command over HTTP. */
const WHOLE = ['POST /api/v1/tickets', 'command create', 'append', ...PROJECTIONS];

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** A tracing caller: its header, and its trace. */
function aCaller(flags = '01') {
  const traceId = hex(16);
  const spanId = hex(8);
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-${flags}` } };
}

/** The one span with a name. */
function named(spans: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const found = spans.filter((span) => span.name === name);
  expect(found.map((span) => span.name)).toEqual([name]);
  return found[0] as ReceivedSpan;
}

/** Expects a command over HTTP, from the request to each projection, as one tree below its caller. */
function expectWholeTrace(spans: readonly ReceivedSpan[], callerSpanId: string): void {
  const request = named(spans, 'POST /api/v1/tickets');
  expect(request.parentSpanId).toBe(callerSpanId);
  const command = named(spans, 'command create');
  expect(command.parentSpanId).toBe(request.spanId);
  expect(named(spans, 'append').parentSpanId).toBe(command.spanId);
  expect(named(spans, 'append').attributes).toEqual({
    'db.system.name': expect.stringMatching(/^(sqlite|eventstoredb)$/),
  });
  for (const name of PROJECTIONS) expect(named(spans, name).parentSpanId).toBe(command.spanId);
  for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
    expect(BigInt(endTimeUnixNano)).toBeGreaterThan(BigInt(startTimeUnixNano));
    expect(Math.abs(Date.now() - Number(BigInt(startTimeUnixNano) / 1_000_000n))).toBeLessThan(
      60_000,
    );
  }
}

describe('one process', () => {
  let receiver: TraceReceiver;
  let desk: Desk;
  beforeAll(async () => {
    receiver = await TraceReceiver.open();
    desk = await Desk.open(receiver.environment);
  });
  afterAll(async () => {
    await desk.close();
    await receiver.close();
  });

  it("traces a command into every projection, below its caller's span", async () => {
    const { traceId, spanId, headers } = aCaller();
    const { status } = await desk.as('alice').post('/tickets', creation(), headers);
    expect(status).toBe(201);
    const spans = await receiver.trace(traceId, WHOLE);
    expectWholeTrace(
      spans.filter(({ attributes }) => attributes['tickets.event'] !== 'TicketDispatched'),
      spanId,
    );
    expect(named(spans, 'command create').attributes).toEqual({
      'tickets.aggregate': 'ticket',
      'tickets.command': 'create',
      'tickets.outcome': 'accepted',
      'tickets.attempts': 1,
    });
    expect(named(spans, 'POST /api/v1/tickets').attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/v1/tickets',
      'http.response.status_code': 201,
    });
  });

  it('has the reason of a refusal', async () => {
    const { ticketId } = await raise(desk);
    const { traceId, headers } = aCaller();
    await desk.as('alice').command(ticketId, 'confirm', {}, headers);
    const spans = await receiver.trace(traceId, ['POST /api/v1/tickets/:ticketId/confirm']);
    expect(named(spans, 'command confirm').attributes).toMatchObject({
      'tickets.outcome': 'refused',
      'tickets.refusal': 'illegal_transition',
    });
    expect(named(spans, 'POST /api/v1/tickets/:ticketId/confirm').attributes).toMatchObject({
      'http.response.status_code': 409,
    });
    expect(spans.map(({ name }) => name)).not.toContain('append');
  });

  it('does not trace what its caller does not sample', async () => {
    const unwanted = aCaller('00');
    const wanted = aCaller();
    await desk.as('alice').post('/tickets', creation(), unwanted.headers);
    await desk.as('alice').post('/tickets', creation(), wanted.headers);
    // Projections work in order: spans of the first command would exist by now.
    await receiver.trace(wanted.traceId, WHOLE);
    expect(receiver.spans.filter(({ traceId }) => traceId === unwanted.traceId)).toEqual([]);
  });

  it('does not expose trace contexts in histories and streams', async () => {
    const stream = await EventStream.open(desk.as('bob'));
    const { body } = await desk.as('alice').post('/tickets', creation(), aCaller().headers);
    await stream.reaches(body.position);
    stream.cut();
    const [entry] = await historyOf(desk, 'bob', body.ticketId);
    expect(Object.keys(entry ?? {}).sort()).toEqual(
      ['actor', 'at', 'causationId', 'commandId', 'correlationId', 'data', 'eventId', 'hash']
        .concat(['position', 'revision', 'type'])
        .sort(),
    );
    expect(JSON.stringify([entry, stream.events])).not.toContain('traceparent');
  });
});

describe('separate processes', () => {
  it('share one trace through the log', async () => {
    const receiver = await TraceReceiver.open();
    const folder = newFolder();
    const started: ServiceProcess[] = [];
    const start = async (app: 'command-api' | 'worker') => {
      const { environment } = receiver;
      const service = await ServiceProcess.start({ app, folder, environment });
      started.push(service);
      return service;
    };
    try {
      const commandApi = await start('command-api');
      await start('worker');
      const tokens = await tokensOf(folder);
      const anna = new Client(commandApi.url, tokens.anna);
      await anna.put('/engineers/bob', { displayName: 'Bob', email: 'b@x.example' });
      await anna.put('/services/vpn', { name: 'VPN' });
      const { traceId, spanId, headers } = aCaller();
      const alice = new Client(commandApi.url, tokens.alice);
      expect((await alice.post('/tickets', creation(), headers)).status).toBe(201);
      const spans = await receiver.trace(traceId, WHOLE);
      expectWholeTrace(spans, spanId);
      const services = (prefix: string) => [
        ...new Set(
          spans.filter(({ name }) => name.startsWith(prefix)).map(({ service }) => service),
        ),
      ];
      expect(services('command')).toEqual(['service-tickets-command-api']);
      expect(services('project')).toEqual(['service-tickets-projector']);
    } finally {
      await Promise.all(started.map((service) => service.stop()));
      await receiver.close();
      removeFolder(folder);
    }
  });
});

describe('the loaded packages of OpenTelemetry', () => {
  const preload = fileURLToPath(new URL('../support/print-loaded-modules.cjs', import.meta.url));
  /** The packages that the threads of a service have loaded at its end, after a command. */
  const loaded = async (environment: Readonly<Record<string, string>>): Promise<string[]> => {
    const desk = await Desk.open({ NODE_OPTIONS: `--require ${preload}`, ...environment });
    const { position } = await raise(desk);
    await desk.caughtUp(position);
    await desk.close();
    const loaded = desk.service.errors.match(/(?<=^loaded: ).*$/gm) ?? [];
    // The service itself, and its projector.
    expect(loaded.length).toBeGreaterThanOrEqual(2);
    return [...new Set(loaded.flatMap((packages) => packages.split(' ')))].filter(Boolean);
  };

  it('are only those of prom-client if tracing is off', async () => {
    expect(await loaded({})).toEqual(['@opentelemetry/api']);
    const disabled = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_SDK_DISABLED: 'true',
    };
    expect(await loaded(disabled)).toEqual(['@opentelemetry/api']);
  });

  it('include the SDK if tracing is on, and JSON only on request', async () => {
    const receiver = await TraceReceiver.open();
    const { OTEL_EXPORTER_OTLP_PROTOCOL: _json, ...environment } = receiver.environment;
    expect(await loaded(environment)).toContain('@opentelemetry/sdk-trace');
    expect([...receiver.contentTypes]).toEqual(['application/x-protobuf']);
    const sent = Buffer.concat(receiver.bodies);
    for (const name of ['command create', 'project services'])
      expect(sent.includes(name)).toBe(true);
    await receiver.close();
  });
});
