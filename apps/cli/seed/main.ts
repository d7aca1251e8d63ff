import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readConfiguration } from '#platform/configuration.js';
import { complain, escapeMessages, print } from '../output.js';
import { showProgress } from '../progress.js';
import { seed } from './seed.js';
import type { Tally } from './tally.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

interface CommandLine {
  readonly tickets: number;
  readonly dataDir?: string;
  readonly from?: number;
  readonly to?: number;
  readonly random: string;
  readonly more: boolean;
  readonly json: boolean;
}

/** `npm run seed -- --tickets N`: fills the embedded store with realistic tickets. */
const program = escapeMessages(new Command('seed'))
  .description(
    'Fills the embedded store with realistic tickets. The service must not run on the folder. The same --from, --to, --tickets and --random give the same log.',
  )
  .requiredOption('--tickets <count>', 'the number of tickets', countOf)
  .option('--data-dir <folder>', 'the data folder; default: DATA_DIR')
  .option('--from <time>', 'the earliest creation; default: a year before --to', timeOf)
  .option('--to <time>', 'the end of the log; default: the last midnight (UTC)', timeOf)
  .option('--random <seed>', 'the random seed, any text', '1')
  .option('--more', 'add to existing tickets', false)
  .option('--json', 'print the counts as JSON', false)
  .addHelpText('after', '\nExit status: 0 done, 2 failed or interrupted.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async ({ tickets, dataDir, random, more, json, ...times }: CommandLine) => {
    const interruption = new AbortController();
    process.once('SIGINT', () => {
      interruption.abort();
    });
    const to = times.to ?? Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const period = { from: times.from ?? to - YEAR_MS, to };
    if (period.from >= period.to) throw new Error('--from must be before --to.');
    const { dataFolder } = readConfiguration(process.env);
    const tally = await seed({
      dataFolder: dataDir === undefined ? dataFolder : resolve(dataDir),
      tickets,
      period,
      random,
      more,
      signal: interruption.signal,
      progress: (what, total) => showProgress(what, total, process.stderr),
    });
    print(json ? `${asJson(tally)}\n` : inWords(tally));
    process.exitCode = interruption.signal.aborted ? 2 : 0;
  });

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It must be a time such as 2026-01-31 or 2026-01-31T08:00:00Z.');
}

const rateOf = ({ events, seconds }: Tally): number => Math.round(events / seconds);

const asJson = (tally: Tally): string =>
  JSON.stringify({
    tickets: tally.tickets,
    commands: tally.commands,
    events: tally.events,
    seconds: tally.seconds,
    eventsPerSecond: rateOf(tally),
    states: Object.fromEntries(tally.states),
    types: Object.fromEntries(tally.types),
  });

const inWords = (tally: Tally): string =>
  [
    `Seeded ${number(tally.tickets)} tickets: ${number(tally.commands)} commands, ${number(tally.events)} events in ${tally.seconds.toFixed(1)} s, ${number(rateOf(tally))} a second.`,
    ...[...tally.states, ...tally.types].map(row),
    '',
  ].join('\n');

const row = ([name, count]: readonly [string, number]): string =>
  `  ${name.padEnd(24)}${number(count).padStart(12)}`;

const number = (value: number): string => value.toLocaleString('en');

program.parseAsync().catch((error: unknown) => {
  complain(`\n${(error as Error).message}\n`);
  process.exit(2);
});
