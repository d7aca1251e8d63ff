import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { isTracingOn, startTracing } from './tracing.js';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

describe('tracing', () => {
  it.each([
    endpoint,
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces' },
    { ...endpoint, OTEL_SDK_DISABLED: 'false', OTEL_TRACES_EXPORTER: 'otlp' },
  ])('is on with %j', (environment) => {
    expect(isTracingOn(environment)).toBe(true);
  });

  it.each([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_SERVICE_NAME: 'tickets' },
    { ...endpoint, OTEL_SDK_DISABLED: 'true' },
    { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' },
    { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
  ])('is off with %j', async (environment) => {
    expect(isTracingOn(environment)).toBe(false);
    expect(await startTracing(environment, 'tickets', pino({ level: 'silent' }))).toBeNull();
  });
});
