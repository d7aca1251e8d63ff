import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seed } from '#apps/cli/seed/seed.js';
import { openEventReader } from '#platform/stores.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { catchUp } from './catch-up.js';
import type { Workbench } from './workbench.js';

/** A store of a number of tickets, and its projections. */
export interface SeededStore {
  readonly tickets: number;
  /** The folder in which stores are kept; null for a temporary folder. */
  readonly kept: string | null;
  readonly projections: readonly Projection<object>[];
}

/** The number of tickets or events between two reports of progress. */
const REPORT_INTERVAL = 100_000;

/**
 * The folder of a seeded and projected store. A kept store is reused; it gets its final name only
 * once it is complete.
 */
export async function seededStore(workbench: Workbench, store: SeededStore): Promise<string> {
  const { tickets, kept, projections } = store;
  const folder = kept === null ? workbench.folder() : resolve(kept, String(tickets));
  if (kept === null) await fill(folder, tickets, workbench);
  else if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(kept, { recursive: true });
    await fill(unfinished, tickets, workbench);
    renameSync(unfinished, folder);
  }
  for (const projection of projections) await project(folder, projection, workbench);
  return folder;
}

/** Always the tickets of the same year. */
async function fill(dataFolder: string, tickets: number, { progress }: Workbench): Promise<void> {
  await seed({
    dataFolder,
    tickets,
    period: { from: Date.parse('2025-11-01'), to: Date.parse('2026-11-01') },
    random: 'bench',
    more: false,
    signal: new AbortController().signal,
    progress: () => reporter(`of ${tickets} tickets seeded`, progress),
  });
}

async function project(
  dataFolder: string,
  projection: Projection<object>,
  { progress }: Workbench,
): Promise<void> {
  const log = await openEventReader({ dataFolder, eventStoreUrl: null });
  const store = new SqliteViewStore(join(dataFolder, 'read-models.db'));
  const { advance, stop } = reporter(`events projected to ${projection.name}`, progress);
  await catchUp(projection, log, store, advance);
  stop();
  await store.close();
  await log.close();
}

function reporter(what: string, progress: (text: string) => void) {
  let done = 0;
  return {
    advance: (count: number) => {
      const before = done;
      done += count;
      if (Math.floor(done / REPORT_INTERVAL) > Math.floor(before / REPORT_INTERVAL))
        progress(`${done} ${what}`);
    },
    stop: () => {
      progress(`${done} ${what}`);
    },
  };
}
