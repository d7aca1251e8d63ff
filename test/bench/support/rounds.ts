import { spreadOf, type Spread } from './statistics.js';

/** The number of measurements of each variant, including the first, which is not counted. */
const ROUNDS = 8;

/** The results of the counted rounds: one sample of each variant per round. */
export class Rounds<Name extends string, Sample> {
  constructor(private readonly samples: readonly Readonly<Record<Name, Sample>>[]) {}

  get count(): number {
    return this.samples.length;
  }

  /** A figure of one variant. */
  figure(name: Name, figureOf: (sample: Sample) => number): Spread {
    return spreadOf(this.samples.map((round) => figureOf(round[name])));
  }

  /** One variant's figure divided by another's, each pair from the same round. */
  ratio(name: Name, divisor: Name, figureOf: (sample: Sample) => number): Spread {
    return spreadOf(this.samples.map((round) => figureOf(round[name]) / figureOf(round[divisor])));
  }
}

/**
 * Measures variants alternately, round by round, so that other work of the machine affects all of
 * them. Every other round runs in reverse order.
 */
export async function inRounds<Name extends string, Sample>(
  variants: Readonly<Record<Name, () => Promise<Sample>>>,
  progress: (text: string) => void,
): Promise<Rounds<Name, Sample>> {
  const names = Object.keys(variants) as Name[];
  const samples: Record<Name, Sample>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const taken = {} as Record<Name, Sample>;
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      progress(`round ${round + 1} of ${ROUNDS}: ${name}`);
      taken[name] = await variants[name]();
    }
    samples.push(taken);
  }
  return new Rounds<Name, Sample>(samples.slice(1));
}
