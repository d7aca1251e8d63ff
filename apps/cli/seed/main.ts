import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readConfiguration } from '#platform/configuration.js';
import { showProgress } from '../progress.js';
import { seed } from './seed.js';
import type { Tally } from './tally.js';

const DAY_MILLISECONDS = 86_400_000;
const YEAR_MILLISECONDS = 365 * DAY_MILLISECONDS;

interface CommandLine {
  readonly tickets: number;
  readonly dataDir?: string;
  readonly from?: number;
  readonly to?: number;
  readonly random: string;
  readonly more: boolean;
  readonly json: boolean;
}

/** `npm run seed -- --tickets N`: fills the embedded store with tickets as a real desk has them. */
const program = new Command('seed')
  .description(
    'Fills the embedded store with tickets as a real desk has them. The service must not run on the folder. The same --from, --to, --tickets and --random give the same log.',
  )
  .requiredOption('--tickets <count>', 'how many', countOf)
  .option('--data-dir <folder>', 'the data folder; DATA_DIR otherwise')
  .option('--from <time>', 'when the first ticket may come in; a year before --to', timeOf)
  .option('--to <time>', 'when the log ends; the last midnight (UTC)', timeOf)
  .option('--random <seed>', 'a text that everything drawn follows from', '1')
  .option('--more', 'adds to tickets that are there already', false)
  .option('--json', 'print the counts as JSON', false)
  .addHelpText('after', '\nExits 0 where it is done, 2 where it could not be or was interrupted.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async ({ tickets, dataDir, random, more, json, ...times }: CommandLine) => {
    const interruption = new AbortController();
    process.once('SIGINT', () => {
      interruption.abort();
    });
    const to = times.to ?? Math.floor(Date.now() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
    const period = { from: times.from ?? to - YEAR_MILLISECONDS, to };
    if (period.from >= period.to) throw new Error('--from has to be before --to.');
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
    process.stdout.write(json ? `${asJson(tally)}\n` : inWords(tally));
    process.exitCode = interruption.signal.aborted ? 2 : 0;
  });

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('It is a whole number from 1 on.');
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It is a time such as 2026-01-31 or 2026-01-31T08:00:00Z.');
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
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exit(2);
});
