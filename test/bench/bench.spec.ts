import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { catchingUp } from './p5-catch-up.js';
import { largeStores } from './p7-p8-large-stores.js';
import { visibility } from './p9-visibility.js';
import type { Benchmark, BenchmarkOptions } from './support/benchmark.js';
import { Workbench } from './support/workbench.js';

const newFolder = temporaryFolders();
let workbench: Workbench;
beforeEach(() => {
  workbench = new Workbench(() => undefined);
});
afterEach(() => {
  workbench.clear();
});

const run = (benchmark: Benchmark, options: Partial<BenchmarkOptions>) =>
  benchmark.run(workbench, {
    trials: undefined,
    stores: undefined,
    tickets: undefined,
    ...options,
  });

const idsOf = ({ results }: Awaited<ReturnType<typeof run>>): string[] =>
  results.filter(({ ratio }) => ratio.lowest > 0).map(({ id }) => id);

describe('a benchmark at its smallest size', () => {
  it('compares catching up with a bare upsert', async () => {
    const ids = idsOf(await run(catchingUp, { trials: 20 }));
    expect(ids).toStrictEqual(
      expect.arrayContaining([
        'P5-tickets-SQLite',
        'P5-ticket-entries-SQLite',
        'P5-ticket-periods-SQLite',
      ]),
    );
  });

  it('queries large and small stores, and keeps them on request', async () => {
    const stores = newFolder();
    const options = { trials: 30, tickets: 200, stores };
    expect(idsOf(await run(largeStores, options))).toStrictEqual(['P7', 'P8']);
    expect(readdirSync(stores).sort()).toStrictEqual(['2', '200']);
    expect(existsSync(join(stores, '200', 'read-models.db'))).toBe(true);
  });

  it('measures the visibility of acknowledged commands', async () => {
    expect(idsOf(await run(visibility, { trials: 10 }))).toStrictEqual(['P9']);
  });
});
