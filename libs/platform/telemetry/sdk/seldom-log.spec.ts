import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { SeldomLog } from './seldom-log.js';

const REST_MILLISECONDS = 200;

function aLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: null, timestamp: false },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { lines, seldom: new SeldomLog(logger, REST_MILLISECONDS) };
}

describe('what OpenTelemetry says of itself', () => {
  it('is told once in a while, with how much was not told', async () => {
    const { lines, seldom } = aLog();
    seldom.warn('Dropped 7 spans');
    for (let more = 0; more < 1_000; more++) seldom.error('Dropped 1 spans');
    expect(lines).toMatchObject([{ level: 40, reason: 'Dropped 7 spans' }]);
    await setTimeout(REST_MILLISECONDS + 50);
    seldom.warn('Dropped 9 spans');
    expect(lines.slice(1)).toMatchObject([{ reason: 'Dropped 9 spans', untold: 1_000 }]);
  });

  it('is told of an error by its name and reason, without its stack', () => {
    const { lines, seldom } = aLog();
    seldom.error(JSON.stringify({ stack: 'Error: away\n at x', message: 'away', name: 'Error' }));
    expect(lines).toMatchObject([{ reason: 'Error: away' }]);
    expect(JSON.stringify(lines)).not.toContain('at x');
  });

  it('is told of nothing that is no warning', () => {
    const { lines, seldom } = aLog();
    seldom.info();
    seldom.debug();
    seldom.verbose();
    expect(lines).toEqual([]);
  });
});
