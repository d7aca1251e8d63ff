import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { raise } from '#test/support/tickets.js';
import { TraceReceiver, type Manner } from '#test/support/trace-receiver.js';

const COMMANDS = 100;

/** Enough commands for far more spans than the queue holds. */
const SMALL_QUEUE = { OTEL_BSP_MAX_QUEUE_SIZE: '64', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '16' };

/** An address on which nothing listens. */
async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Sends commands to a service whose exports fail, ends it, and returns its warnings. */
async function logOf(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const desk = await Desk.open({ ...environment, LOG_LEVEL: 'info' });
  const begun = performance.now();
  for (let given = 0; given < COMMANDS; given += 20) {
    await Promise.all(Array.from({ length: 20 }, () => raise(desk)));
  }
  // A collector's timeouts are ten seconds and more: none of them delays a command.
  expect(performance.now() - begun).toBeLessThan(60_000);
  const stopping = performance.now();
  const exit = await desk.service.stop();
  expect(exit).toEqual({ code: 0, signal: null });
  expect(performance.now() - stopping).toBeLessThan(30_000);
  await desk.close();
  expect(desk.service.complaints).toBe('');
  const warnings = desk.service.output.match(/^\{"level":[456]0,.*$/gm) ?? [];
  // A slow machine may lose projections for some seconds.
  return warnings.filter((line) => !line.includes('"health lost"'));
}

describe('commands continue, and each thread logs at most one warning', () => {
  it('if nothing listens', async () => {
    const lines = await logOf({ OTEL_EXPORTER_OTLP_ENDPOINT: await nowhere(), ...SMALL_QUEUE });
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const line of lines) expect(line).toContain('trace export failed');
  });

  it.each<Manner>(['refuses', 'is silent'])('if a collector %s', async (manner) => {
    const receiver = await TraceReceiver.open(manner);
    const lines = await logOf({ ...receiver.environment, ...SMALL_QUEUE });
    expect(receiver.bodies.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(2);
    await receiver.close();
  });

  it('if the settings are invalid', async () => {
    const lines = await logOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'nonsense',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'sometimes',
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(2);
  });
});
