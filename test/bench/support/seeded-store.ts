import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seed } from '#apps/cli/seed/seed.js';
import { openEventReader } from '#platform/stores.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { catchUp } from './catch-up.js';
import type { Workbench } from './workbench.js';

/** A store of so many tickets, and what is projected of it. */
export interface SeededStore {
  readonly tickets: number;
  /** Where stores are kept; null for a temporary folder. */
  readonly kept: string | null;
  readonly projections: readonly Projection<object>[];
}

/** Every so many tickets or events there is word of the progress. */
const TOLD_EVERY = 100_000;

/**
 * The folder of a store that is filled through the log and projected. What a kept one has already is
 * left as it is; it has its name only once all of its tickets are in it.
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

/** Tickets of the same year, whoever asks. */
async function fill(dataFolder: string, tickets: number, { progress }: Workbench): Promise<void> {
  await seed({
    dataFolder,
    tickets,
    period: { from: Date.parse('2025-11-01'), to: Date.parse('2026-11-01') },
    random: 'bench',
    more: false,
    signal: new AbortController().signal,
    progress: () => told(`of ${tickets} tickets seeded`, progress),
  });
}

async function project(
  dataFolder: string,
  projection: Projection<object>,
  { progress }: Workbench,
): Promise<void> {
  const log = await openEventReader({ dataFolder, eventStoreUrl: null });
  const store = new SqliteViewStore(join(dataFolder, 'read-models.db'));
  const { advance, stop } = told(`events projected to ${projection.name}`, progress);
  await catchUp(projection, log, store, advance);
  stop();
  await store.close();
  await log.close();
}

function told(what: string, progress: (text: string) => void) {
  let done = 0;
  return {
    advance: (count: number) => {
      const before = done;
      done += count;
      if (Math.floor(done / TOLD_EVERY) > Math.floor(before / TOLD_EVERY))
        progress(`${done} ${what}`);
    },
    stop: () => {
      progress(`${done} ${what}`);
    },
  };
}
