import type { EventReader } from '#event-store/event-store.js';
import type { ReadModelStore } from '#read-models/store.js';
import { projections } from '#read-models/views/all.js';
import { Health } from './health.js';

/** The log can be read, and every projection has a live copy and runs. */
export class StandaloneHealth extends Health {
  constructor(
    private readonly log: EventReader,
    private readonly store: ReadModelStore,
    /** What each projection that has stopped says. */
    private readonly failures: ReadonlyMap<string, string>,
  ) {
    super();
  }

  async check(): Promise<Record<string, string | null>> {
    const parts: Record<string, string | null> = {
      log: await problemOf(() => this.log.headPosition()),
    };
    for (const projection of projections) {
      const part = `projection ${projection.name}`;
      parts[part] =
        this.failures.get(projection.name) ??
        (await problemOf(() => this.store.reader(projection).checkpoint()));
    }
    return parts;
  }
}

async function problemOf(look: () => Promise<unknown>): Promise<string | null> {
  try {
    await look();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
