import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { START, type EventReader, type EventStore } from '#event-store/event-store.js';
import { openEventReader, openEventStore } from '#platform/stores.js';
import { print } from '../output.js';
import { showProgress, type Progress } from '../progress.js';
import { addAcceptLoss } from './accept-loss.js';
import { copyLog, type CopyReport } from './copy-log.js';
import { logPlaceOf, type LogPlace } from './log-place.js';

/** `tickets log …`: operations on a whole log. */
export function addLogCommands(program: Command): void {
  const log = program.command('log').description('operations on a whole log');
  addAcceptLoss(program, log);
  log
    .command('copy')
    .description('copies a log between SQLite and EventStoreDB; run it again to resume')
    .requiredOption('--from <url>', 'the log to copy: sqlite:FOLDER or esdb://…', logPlaceOf)
    .requiredOption('--to <url>', 'the target: an empty log, or an earlier copy', logPlaceOf)
    .addHelpText(
      'after',
      '\nThe service may run on the source during the copy: afterwards stop it, copy once more, and start it on the target. Positions may differ, so read models must be rebuilt: start once with --rebuild.\nExit status: 0 the logs are equal, 1 they differ, 2 the command could not run.',
    )
    .action(async ({ from, to }: { from: LogPlace; to: LogPlace }) => {
      const report = await copy(from, to);
      const { json } = program.opts<{ json?: boolean }>();
      print(json === true ? `${JSON.stringify(report)}\n` : inWords(report));
      process.exitCode = report.interrupted ? 2 : 0;
    });
}

async function copy(from: LogPlace, to: LogPlace): Promise<CopyReport> {
  const interruption = new AbortController();
  process.once('SIGINT', () => {
    interruption.abort();
  });
  // The index of event ids is only needed during the copy.
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
        // Positions may be byte offsets: estimate the number of events.
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

/** A progress bar per phase, in events of the source. */
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
    ? `Interrupted after copying ${copied} events. Run it again to resume.\n`
    : `${copied} events copied. Both logs have the same ${events} events, compared by id, stream, revision and hash.\nDigest of the history: ${digest}\n`;
