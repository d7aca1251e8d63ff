import { Command } from 'commander';
import { complain, print } from '../output.js';
import { planCase } from '../replay/plan-case.js';
import type { CasePlan, Step } from '../replay/plan.js';
import { readDeskLog } from '../replay/read-desk-log.js';
import { readMapping } from '../replay/read-mapping.js';
import { HOURS_PER_WEEK, hourOfWeek } from './arrivals.js';
import type { Model, Place, Transition } from './model.js';

/** The quantiles of a distribution in the model: its ends and the deciles. */
const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** `node dist/apps/cli/seed/derive-model.js LOG.csv --map MAPPING.json`: writes `helpdesk-model.ts`. */
new Command('derive-model')
  .description("Derives the model for seeding from a desk's log.")
  .argument('<file>', 'the log, in the format of the replay')
  .requiredOption('--map <file>', 'the mapping: which activity stands for which commands')
  .action(async (file: string, { map }: { map: string }) => {
    const mapping = await readMapping(map);
    const log = await readDeskLog(file, mapping, map);
    const plans = log.cases.map((desk) => planCase(desk, mapping));
    print(written(modelOf(plans)));
  })
  .parseAsync()
  .catch((error: unknown) => {
    complain(`${(error as Error).message}\n`);
    process.exitCode = 2;
  });

function modelOf(plans: readonly CasePlan[]): Model {
  const arrivals = new Array<number>(HOURS_PER_WEEK).fill(0);
  const waits = new Map<string, number[]>();
  const note = (from: Place, to: Transition['to'], seconds: number) => {
    const key = `${from} ${to}`;
    waits.set(key, [...(waits.get(key) ?? []), seconds]);
  };
  for (const { steps } of plans) {
    let before: { readonly place: Place; readonly time: number } | null = null;
    for (const step of steps) {
      const place = placeAfter(step);
      if (place === null) continue;
      const { time } = step.activity;
      if (before === null) arrivals[hourOfWeek(time)] = (arrivals[hourOfWeek(time)] ?? 0) + 1;
      else note(before.place, step.command, (time - before.time) / 1_000);
      before = { place, time };
    }
    if (before !== null) note(before.place, 'end', 0);
  }
  const transitions = [...waits].map(([key, seconds]): Transition => {
    const [from, to] = key.split(' ') as [Place, Transition['to']];
    return { from, to, count: seconds.length, waits: quantiles(seconds) };
  });
  return { arrivals, transitions };
}

/** Null for refused steps, such as those after a ticket's end. */
const placeAfter = ({ command, expected }: Step): Place | null =>
  expected.kind === 'accepted' && expected.events.length > 0
    ? `${expected.state}/${command}`
    : null;

function quantiles(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other);
  return SHARES.map((share) => Math.round(sorted[Math.round(share * (sorted.length - 1))] ?? 0));
}

/** The model as a source file, with one line for each transition. */
function written({ arrivals, transitions }: Model): string {
  const lines = transitions
    .toSorted((one, other) => one.from.localeCompare(other.from) || other.count - one.count)
    .map(({ from, to, count, waits }) => [from, to, count, ...waits].join(' '));
  return `import { transitionsFrom, type Model } from './model.js';

/** Written by \`derive-model.ts\` (docs/seed.md): from, to, count, and the waits in seconds. */
export const helpdeskModel: Model = {
  arrivals: [
    ${arrivals.join(', ')},
  ],
  transitions: transitionsFrom(\`
    ${lines.join('\n    ')}
  \`),
};
`;
}
