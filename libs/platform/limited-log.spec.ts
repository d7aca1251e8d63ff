import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { LimitedLog } from './limited-log.js';

const MINUTE_MS = 60_000;

let lines: Record<string, unknown>[];
let log: LimitedLog;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  lines = [];
  const logger = pino(
    { base: null, timestamp: false },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  log = new LimitedLog(logger);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('what callers can repeat at will', () => {
  it('is logged once a minute, with the number of repeats and the last one', () => {
    for (let n = 0; n <= 1_000; n++) log.warn('away', { n }, 'It is away.');
    expect(lines).toEqual([{ level: 40, n: 0, msg: 'It is away.' }]);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(lines.slice(1)).toEqual([{ level: 40, n: 1_000, count: 1_000, msg: 'It is away.' }]);
    for (let minute = 0; minute < 5; minute++) {
      for (let n = 0; n < 10; n++) log.warn('away', { n }, 'It is away.');
      jest.advanceTimersByTime(MINUTE_MS);
    }
    expect(lines.slice(2)).toMatchObject(Array(5).fill({ n: 9, count: 10 }));
  });

  it('is logged at once again after a quiet minute', () => {
    log.error('failed', {}, 'It failed.');
    jest.advanceTimersByTime(MINUTE_MS);
    log.error('failed', {}, 'It failed.');
    expect(lines).toEqual(Array(2).fill({ level: 50, msg: 'It failed.' }));
  });

  it('is counted for each kind apart', () => {
    for (const kind of ['a', 'b', 'a', 'b', 'b']) log.warn(kind, {}, kind);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(lines.map(({ msg, count }) => [msg, count])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('has a bounded number of kinds', () => {
    for (let kind = 0; kind < 10_000; kind++) log.warn(String(kind), {}, 'Any.');
    expect(lines.length).toBe(101);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(lines.slice(101)).toMatchObject([{ count: 9_899 }]);
  });
});
