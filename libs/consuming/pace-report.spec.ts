import { expect, it } from '@jest/globals';
import { PaceReport } from './pace-report.js';

it('reports its pace in events and in positions of the log', () => {
  const pace = new PaceReport(0n, 0);
  expect(pace.after(500, 5_000n, false, 600)).toBeNull();
  expect(pace.after(500, 10_000n, false, 1_250)).toStrictEqual({
    failure: null,
    eventsPerSecond: 800,
    positionsPerSecond: 8_000,
  });
  // The next report is measured from there.
  expect(pace.after(100, 10_100n, false, 2_250)).toMatchObject({ eventsPerSecond: 100 });
});

it('reports once, without a pace, that it has caught up', () => {
  const pace = new PaceReport(0n, 0);
  expect(pace.after(500, 500n, false, 1_000)).not.toBeNull();
  expect(pace.after(1, 501n, true, 1_001)).toStrictEqual({
    failure: null,
    eventsPerSecond: null,
    positionsPerSecond: null,
  });
  expect(pace.after(1, 502n, true, 5_000)).toBeNull();
});
