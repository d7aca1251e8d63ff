import { describe, expect, it } from '@jest/globals';
import { readHttpLimits } from './http-limits.js';

describe('the limits of HTTP', () => {
  it('are all settings, each once', () => {
    const names: string[] = [];
    const limits = readHttpLimits((name, parse) => parse(String(names.push(name) + 10)));
    const allowance = (first: number) => ({
      requestsPerMinute: first,
      bytesPerMinute: (first + 1) * 1024 * 1024,
      requestsAtOnce: first + 2,
      streams: first + 3,
    });
    expect(limits).toStrictEqual({
      headersSeconds: 11,
      requestSeconds: 12,
      idleSeconds: 13,
      connections: 14,
      bodyBytes: 15 * 1024 * 1024,
      customer: allowance(16),
      staff: allowance(20),
      tenant: allowance(24),
      address: { requestsPerMinute: 28, requestsAtOnce: 29, bytesPerMinute: 0, streams: 0 },
    });
    expect(new Set(names).size).toBe(names.length);
  });
});
