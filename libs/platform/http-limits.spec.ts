import { describe, expect, it } from '@jest/globals';
import { readHttpLimits } from './http-limits.js';

describe('the limits of HTTP', () => {
  it('are all settings, each once', () => {
    const names: string[] = [];
    const limits = readHttpLimits((name, parse) =>
      parse(String(names.push(name) + (name.includes('WORDS') ? 40_000 : 10))),
    );
    const allowance = (first: number) => ({
      requestsPerMinute: first,
      bytesPerMinute: (first + 1) * 1024 * 1024,
      wordsPerMinute: first - 10 + 2 + 40_000,
      requestsAtOnce: first + 3,
      streams: first + 4,
    });
    expect(limits).toStrictEqual({
      headersSeconds: 11,
      requestSeconds: 12,
      idleSeconds: 13,
      connections: 14,
      bodyBytes: 15 * 1024 * 1024,
      answerBytes: 16 * 1024 * 1024,
      customer: allowance(17),
      staff: allowance(22),
      tenant: allowance(27),
      address: {
        requestsPerMinute: 32,
        requestsAtOnce: 33,
        bytesPerMinute: 0,
        wordsPerMinute: 0,
        streams: 0,
      },
    });
    expect(new Set(names).size).toBe(names.length);
  });
});
