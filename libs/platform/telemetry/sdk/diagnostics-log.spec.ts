import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { LimitedLog } from '../../limited-log.js';
import { DiagnosticsLog } from './diagnostics-log.js';

function aLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: null, timestamp: false },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { lines, diagnostics: new DiagnosticsLog(new LimitedLog(logger)) };
}

describe('the log of OpenTelemetry diagnostics', () => {
  it('has one line for many warnings', () => {
    const { lines, diagnostics } = aLog();
    diagnostics.warn('Dropped 7 spans');
    for (let more = 0; more < 1_000; more++) diagnostics.error('Dropped 1 spans');
    expect(lines).toMatchObject([
      { level: 40, msg: 'trace export failed', reason: 'Dropped 7 spans' },
    ]);
  });

  it('logs the name and reason of an error, without its stack', () => {
    const { lines, diagnostics } = aLog();
    diagnostics.error(
      JSON.stringify({ stack: 'Error: away\n at x', message: 'away', name: 'Error' }),
    );
    expect(lines).toMatchObject([{ reason: 'Error: away' }]);
    expect(JSON.stringify(lines)).not.toContain('at x');
  });

  it('logs nothing below a warning', () => {
    const { lines, diagnostics } = aLog();
    diagnostics.info();
    diagnostics.debug();
    diagnostics.verbose();
    expect(lines).toEqual([]);
  });
});
