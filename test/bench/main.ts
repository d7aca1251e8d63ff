import { Command, InvalidArgumentError } from 'commander';
import { commands } from './p1-p2-commands.js';
import { groupCommit } from './p3-group-commit.js';
import { eventStore } from './p4-event-store.js';
import { catchingUp } from './p5-catch-up.js';
import { longStreams } from './p6-long-streams.js';
import { largeStores } from './p7-p8-large-stores.js';
import { eventStoreDbCommands } from './eventstoredb-commands.js';
import { visibility } from './p9-visibility.js';
import { telemetry } from './p11-telemetry.js';
import { isMet, type Benchmark, type Report } from './support/benchmark.js';
import { tableOf } from './support/table.js';
import { Workbench } from './support/workbench.js';

/** Every benchmark, in the order of `targets.md`. Add new ones here. */
const benchmarks: readonly Benchmark[] = [
  commands,
  groupCommit,
  eventStore,
  catchingUp,
  longStreams,
  largeStores,
  visibility,
  eventStoreDbCommands,
  telemetry,
];

interface Options {
  readonly only?: readonly string[];
  readonly trials?: number;
  readonly stores?: string;
  readonly tickets?: number;
  readonly json?: boolean;
}

const program = new Command('bench')
  .description('Measures the ratios of docs/performance.md.')
  .option('--only <rows>', 'only these, such as P1,P3', rowsOf)
  .option('--trials <n>', 'operations of each variant in each round', countOf)
  .option('--stores <folder>', 'keep large stores there, and reuse existing ones')
  .option('--tickets <n>', 'tickets in a large store', countOf)
  .option('--json', 'print one line of JSON at the end')
  .action(async (options: Options) => {
    process.exitCode = await run(options);
  });

async function run({ only, trials, stores, tickets, json }: Options): Promise<number> {
  const chosen = benchmarks.filter(({ rows }) => only?.some((row) => rows.includes(row)) ?? true);
  const reports: Report[] = [];
  for (const benchmark of chosen) {
    const { rows } = benchmark;
    const workbench = new Workbench((text) =>
      process.stderr.write(`${rows.join(', ')}: ${text}\n`),
    );
    const interrupted = () => {
      workbench.clear();
      process.exit(2);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    try {
      reports.push(await benchmark.run(workbench, { trials, stores, tickets }));
    } finally {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      workbench.clear();
    }
  }
  const wanted = reports.map(({ results, figures }) => ({
    results: results.filter(({ id }) => only?.some((row) => id.split('-')[0] === row) ?? true),
    figures,
  }));
  process.stdout.write(`${tableOf(wanted)}\n`);
  const results = wanted.flatMap((report) => report.results);
  if (json === true) process.stdout.write(`${JSON.stringify(results.map(asJson))}\n`);
  return results.every(isMet) ? 0 : 1;
}

const asJson = ({ id, ratio, target, trials, rounds }: Report['results'][number]) => ({
  id,
  ratio: ratio.median,
  target: 'atMost' in target ? target.atMost : target.atLeast,
  trials,
  rounds,
});

function rowsOf(text: string): string[] {
  const known = benchmarks.flatMap(({ rows }) => rows);
  const rows = text.toUpperCase().split(',');
  const unknown = rows.find((row) => !known.includes(row));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`Unknown: ${unknown}. Choose from ${known.join(', ')}.`);
  }
  return rows;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return count;
}

program.exitOverride((error) => {
  process.exit(error.exitCode === 0 ? 0 : 2);
});
program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`The bench could not run: ${(error as Error).message}\n`);
  process.exit(2);
});
