import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { START, type EventReader, type EventStore } from '#event-store/event-store.js';
import { openEventReader, openEventStore } from '#platform/stores.js';
import { showProgress, type Progress } from '../progress.js';
import { copyLog, type CopyReport } from './copy-log.js';
import { logPlaceOf, type LogPlace } from './log-place.js';

/** `tickets log …`: what is done to a log as a whole. */
export function addLogCommands(program: Command): void {
  const log = program.command('log').description('what is done to a log as a whole');
  log
    .command('copy')
    .description('copies a log between SQLite and EventStoreDB; run again, it goes on')
    .requiredOption('--from <url>', 'the log to copy: sqlite:FOLDER or esdb://…', logPlaceOf)
    .requiredOption('--to <url>', 'where to: an empty log, or a copy begun before', logPlaceOf)
    .addHelpText(
      'after',
      "\nThe service may go on writing to the source meanwhile: stop it, copy once more, and start it on the target. Positions are the target's own, so read models are made again: remove read-models.db, or drop the database.\nExits 0 where the logs are the same, 1 where they differ, 2 where it could not tell.",
    )
    .action(async ({ from, to }: { from: LogPlace; to: LogPlace }) => {
      const report = await copy(from, to);
      const { json } = program.opts<{ json?: boolean }>();
      process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : inWords(report));
      process.exitCode = report.interrupted ? 2 : 0;
    });
}

async function copy(from: LogPlace, to: LogPlace): Promise<CopyReport> {
  const interruption = new AbortController();
  process.once('SIGINT', () => {
    interruption.abort();
  });
  // An index of event ids, which is made again from the log, is of use while it is copied only.
  const folder = mkdtempSync(join(tmpdir(), 'tickets-log-copy-'));
  const opened: EventReader[] = [];
  const shown = new ShownProgress();
  try {
    const source = await openSource(from);
    opened.push(source);
    const target = await openTarget(to, folder);
    opened.push(target);
    const events = await source.countAfter(START);
    const positions = Number((await source.headPosition()) - START);
    return await copyLog(source, target, {
      signal: interruption.signal,
      advanced: (what, reached) => {
        // Positions may be bytes: how many events that is follows from how far they reach.
        shown.advance(what, Math.round((Number(reached - START) / positions) * events), events);
      },
    });
  } finally {
    shown.stop();
    for (const one of opened) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const openSource = (place: LogPlace): Promise<EventReader> =>
  place.kind === 'sqlite'
    ? openEventReader({ dataFolder: place.folder, eventStoreUrl: null })
    : openEventReader({ dataFolder: '', eventStoreUrl: place.url });

const openTarget = (place: LogPlace, folder: string): Promise<EventStore> =>
  place.kind === 'sqlite'
    ? openEventStore({ dataFolder: place.folder, eventStoreUrl: null })
    : openEventStore({ dataFolder: folder, eventStoreUrl: place.url });

/** A bar for each thing that is done, in events of the source. */
class ShownProgress {
  #what = '';
  #reached = 0;
  #progress: Progress | null = null;

  advance(what: string, reached: number, total: number): void {
    if (what !== this.#what) {
      this.stop();
      this.#what = what;
      this.#reached = 0;
      this.#progress = showProgress(what, total, process.stderr);
    }
    this.#progress?.advance(Math.min(reached, total) - this.#reached);
    this.#reached = Math.min(reached, total);
  }

  stop(): void {
    this.#progress?.stop();
    this.#progress = null;
  }
}

const inWords = ({ events, copied, digest, interrupted }: CopyReport): string =>
  interrupted
    ? `Interrupted: ${copied} events were copied. Run it again, and it goes on.\n`
    : `${copied} events copied. Both logs have the same ${events} events, compared by id, stream, revision and hash.\nDigest of the history: ${digest}\n`;
