import type { Spread } from './statistics.js';
import type { Workbench } from './workbench.js';

/** What a ratio has to be. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One ratio of `targets.md`, as it was measured. */
export interface Result {
  /** Such as `P1`, or `P3-latency` where a row of the table has two ratios. */
  readonly id: string;
  /** What was divided by what. */
  readonly what: string;
  /** Over the rounds that count: in each, one variant's figure divided by the other's. */
  readonly ratio: Spread;
  readonly target: Target;
  /** Operations (requests, commands, events) of each variant in each round. */
  readonly trials: number;
  /** Rounds that count: the first, in which code is compiled and caches are filled, does not. */
  readonly rounds: number;
}

/** An absolute figure. It says something only beside the machine that gave it. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly value: Spread;
}

export interface Report {
  readonly results: readonly Result[];
  readonly figures: readonly Figure[];
}

/** One file of this folder: what it measures and how. */
export interface Benchmark {
  /** The rows of the table in `targets.md` that it answers. */
  readonly rows: readonly string[];
  run(workbench: Workbench, options: BenchmarkOptions): Promise<Report>;
}

export interface BenchmarkOptions {
  /** Operations of each variant in each round; each benchmark has a default of its own. */
  readonly trials: number | undefined;
  /** Where large stores are kept, to be used again; in temporary folders where it is left out. */
  readonly stores: string | undefined;
  /** How many tickets a large store has. */
  readonly tickets: number | undefined;
}

export const isMet = ({ ratio, target }: Result): boolean =>
  'atMost' in target ? ratio.median <= target.atMost : ratio.median >= target.atLeast;
