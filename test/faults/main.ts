import { Command, InvalidArgumentError } from 'commander';
import { faults } from './all.js';
import type { Fault, FaultResult } from './fault.js';
import { Random } from './random.js';

/** `npm run faults`: injects faults repeatedly, and reports violated properties. */
interface Options {
  readonly only?: readonly string[];
  readonly trials?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

const say = (text: string) => process.stderr.write(text);

const wholeNumber = (text: string): number => {
  const number = Number(text);
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return number;
};

const names = (text: string): string[] => {
  const wanted = text.split(',').filter((name) => name !== '');
  const unknown = wanted.filter((name) => faults.every((fault) => fault.name !== name));
  if (unknown.length === 0) return wanted;
  const known = faults.map(({ name }) => name).join(', ');
  throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. Choose from ${known}.`);
};

async function main({ only, trials, seed = Date.now() % 2 ** 32, json }: Options): Promise<void> {
  const chosen = faults.filter(({ name }) => only === undefined || only.includes(name));
  const report = [];
  for (const fault of chosen) {
    const result = await runOne(fault, trials ?? fault.target, seed);
    const passed = result.failures.length === 0;
    const { trials: done, rounds } = result;
    report.push({ id: fault.name, passed, target: fault.target, trials: done, rounds });
    if (!passed) process.exitCode = 1;
  }
  if (json === true) process.stdout.write(`${JSON.stringify(report)}\n`);
}

async function runOne(fault: Fault, trials: number, seed: number): Promise<FaultResult> {
  say(`${fault.name}: ${trials} trials with seed ${seed}\n`);
  const started = performance.now();
  const tried = (trial: number) => {
    if (process.stderr.isTTY) say(`\r  ${trial} of ${trials} `);
  };
  const result = await attempt(fault, { trials, random: new Random(seed), tried });
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  if (process.stderr.isTTY) say('\r');
  if (result.figures !== undefined) say(`  ${result.figures}\n`);
  if (result.failures.length === 0) {
    say(`  held in ${result.trials} trials (${seconds} s): ${fault.holds}\n`);
  } else {
    say(`  DID NOT HOLD after ${result.trials} trials (seed ${seed}):\n`);
    for (const failure of result.failures.slice(0, 20)) say(`    ${failure}\n`);
  }
  return result;
}

/** A fault whose trials fail to run counts as a violation. */
async function attempt(fault: Fault, run: Parameters<Fault['run']>[0]): Promise<FaultResult> {
  let done = 0;
  const tried = (trial: number) => {
    done = trial;
    run.tried(trial);
  };
  try {
    return await fault.run({ ...run, tried });
  } catch (error) {
    return { trials: done, rounds: 1, failures: [(error as Error).stack ?? String(error)] };
  }
}

await main(
  new Command('faults')
    .description('Injects faults into the service and checks the properties that must hold.')
    .option('--only <names>', 'only these faults, separated by commas', names)
    .option(
      '--trials <number>',
      'the number of trials of each; default: that of the targets',
      wholeNumber,
    )
    .option('--seed <number>', 'the seed of an earlier run, to repeat it', wholeNumber)
    .option('--json', 'print a JSON array as the last line')
    .parse()
    .opts<Options>(),
);
// Ends anything that an interrupted run has left.
process.exit();
