import type { Spread } from './statistics.js';
import type { Workbench } from './workbench.js';

/** The target of a ratio. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** A measured ratio of `targets.md`. */
export interface Result {
  /** Such as `P1`, or `P3-latency` if a row of the table has two ratios. */
  readonly id: string;
  /** The description of the ratio: dividend ÷ divisor. */
  readonly what: string;
  /** Over the counted rounds: in each, one variant's figure divided by the other's. */
  readonly ratio: Spread;
  readonly target: Target;
  /** Operations (requests, commands, events) of each variant in each round. */
  readonly trials: number;
  /** The counted rounds: all but the first, which compiles code and fills caches. */
  readonly rounds: number;
}

/** An absolute figure, which is meaningful only together with the machine. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly value: Spread;
}

export interface Report {
  readonly results: readonly Result[];
  readonly figures: readonly Figure[];
}

/** A benchmark: what it measures and how. */
export interface Benchmark {
  /** Its rows of the table in `targets.md`. */
  readonly rows: readonly string[];
  run(workbench: Workbench, options: BenchmarkOptions): Promise<Report>;
}

export interface BenchmarkOptions {
  /** Operations of each variant in each round. @default depends on the benchmark */
  readonly trials: number | undefined;
  /** The folder in which large stores are kept for reuse. @default temporary folders */
  readonly stores: string | undefined;
  /** The number of tickets in a large store. */
  readonly tickets: number | undefined;
}

export const isMet = ({ ratio, target }: Result): boolean =>
  'atMost' in target ? ratio.median <= target.atMost : ratio.median >= target.atLeast;
