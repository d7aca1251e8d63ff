import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ThrottledLog } from './throttled-log.js';

const INTERVAL_MS = 200;

function aLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: null, timestamp: false },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { lines, throttled: new ThrottledLog(logger, INTERVAL_MS) };
}

describe('the log of OpenTelemetry diagnostics', () => {
  it('logs one warning in each interval, with the number of those suppressed', async () => {
    const { lines, throttled } = aLog();
    throttled.warn('Dropped 7 spans');
    for (let more = 0; more < 1_000; more++) throttled.error('Dropped 1 spans');
    expect(lines).toMatchObject([
      { level: 40, msg: 'trace export failed', reason: 'Dropped 7 spans' },
    ]);
    await setTimeout(INTERVAL_MS + 50);
    throttled.warn('Dropped 9 spans');
    expect(lines.slice(1)).toMatchObject([{ reason: 'Dropped 9 spans', suppressed: 1_000 }]);
  });

  it('logs the name and reason of an error, without its stack', () => {
    const { lines, throttled } = aLog();
    throttled.error(
      JSON.stringify({ stack: 'Error: away\n at x', message: 'away', name: 'Error' }),
    );
    expect(lines).toMatchObject([{ reason: 'Error: away' }]);
    expect(JSON.stringify(lines)).not.toContain('at x');
  });

  it('logs nothing below a warning', () => {
    const { lines, throttled } = aLog();
    throttled.info();
    throttled.debug();
    throttled.verbose();
    expect(lines).toEqual([]);
  });
});
