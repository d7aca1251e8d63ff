import { isMet, type Figure, type Report, type Result } from './benchmark.js';
import type { Spread } from './statistics.js';

/** The table at the end of a run: the ratios, then the absolute figures. */
export function tableOf(reports: readonly Report[]): string {
  const results = reports.flatMap((report) => report.results);
  const figures = reports.flatMap((report) => report.figures);
  return [
    ...aligned([
      ['', 'ratio', 'range', 'target', '', 'trials × rounds', 'what'],
      ...results.map(resultCells),
    ]),
    '',
    ...aligned([['figure', 'median', 'range', 'unit'], ...figures.map(figureCells)]),
  ].join('\n');
}

const resultCells = (result: Result): string[] => [
  result.id,
  written(result.ratio.median),
  range(result.ratio),
  targetOf(result),
  isMet(result) ? 'met' : 'MISSED',
  `${result.trials} × ${result.rounds}`,
  result.what,
];

const figureCells = ({ what, unit, value }: Figure): string[] => [
  what,
  written(value.median),
  range(value),
  unit,
];

const targetOf = ({ target }: Result): string =>
  'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;

const range = ({ lowest, highest }: Spread): string => `${written(lowest)} to ${written(highest)}`;

/** Three significant digits exceed the precision. */
const written = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
