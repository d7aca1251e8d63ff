import type { Projection } from '#projections/projection.js';
import type { Condition, Query } from '../view-store.js';

/**
 * How a query finds its documents: along an index of the projection, given by its position in
 * `indexes`, or through the documents that have one of some
 * values in a list.
 */
export type AccessPath =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'list'; readonly condition: ListCondition };

export type ListCondition = Extract<Condition, { list: string }>;
type RangeCondition = Exclude<Condition, { list: string } | { in: unknown }>;

/** Estimated numbers of documents: of all, and of those that meet a condition. */
export interface Counts {
  readonly all: number;
  matching(condition: Condition): number;
}

/** The cost of each step in microseconds, approximately: only their ratios matter. */
const ENTRY_US = 0.2;
const SORTED_ENTRY_US = 0.7;
const LIST_PROBE_US = 2;
const DOCUMENT_US = 5;

/**
 * Matching documents may lie together, late in the order of the list: tickets that wait are young.
 * So an estimate that assumes an even spread counts double.
 */
const UNEVEN_FACTOR = 2;

interface Candidate {
  readonly path: AccessPath;
  readonly costUs: number;
}

/**
 * Chooses the access path with the lowest estimated cost: cost-based optimization by selectivity, as
 * of System R (Selinger et al., 1979), for one table.
 *
 * @returns null if no index of the projection fits
 */
export function chooseAccessPath(
  projection: Pick<Projection<never>, 'indexes'>,
  query: Query,
  counts: Counts,
): AccessPath | null {
  const candidates = [
    ...alongOrder(projection, query, counts),
    ...query.where.flatMap((condition) => through(condition, projection, query, counts)),
  ];
  const [first, ...others] = candidates;
  if (first === undefined) return null;
  return others.reduce((best, one) => (one.costUs < best.costUs ? one : best), first).path;
}

/** Scans all documents in the order of the query until the page is full. */
function alongOrder(
  { indexes }: Pick<Projection<never>, 'indexes'>,
  query: Query,
  counts: Counts,
): Candidate[] {
  const index = indexes.findIndex(([first]) => first === query.sort.field);
  if (index < 0) return [];
  // A range of another field matches late in the order: old tickets were last changed long ago.
  const comesLate = query.where.some((one) => isRange(one) && one.field !== query.sort.field);
  const spread = UNEVEN_FACTOR * (query.limit / share(query.where, counts));
  const passed = comesLate ? counts.all : Math.min(counts.all, spread);
  return [{ path: { kind: 'index', index }, costUs: passed * costPerEntry(query.where, ENTRY_US) }];
}

/** Scans the documents that meet one condition: all of them, or in order until the page is full. */
function through(
  condition: Condition,
  { indexes }: Pick<Projection<never>, 'indexes'>,
  { where, sort, limit }: Query,
  counts: Counts,
): Candidate[] {
  const others = where.filter((one) => one !== condition);
  const size = counts.matching(condition);
  if ('list' in condition) {
    // Conditions on fields can be tested only on the document itself.
    const left = size * share(others.filter(isList), counts);
    const costUs = size * costPerEntry(others, ENTRY_US) + left * DOCUMENT_US;
    return [{ path: { kind: 'list', condition }, costUs }];
  }
  const ordered = indexes.findIndex(
    ([first, second]) => first === condition.field && second === sort.field,
  );
  if (ordered >= 0 && isOneValue(condition)) {
    const passed = Math.min(size, UNEVEN_FACTOR * (limit / share(others, counts)));
    const costUs = passed * costPerEntry(others, ENTRY_US);
    return [{ path: { kind: 'index', index: ordered }, costUs }];
  }
  const index = indexes.findIndex(([first]) => first === condition.field);
  if (index < 0) return [];
  return [{ path: { kind: 'index', index }, costUs: size * costPerEntry(others, SORTED_ENTRY_US) }];
}

const isList = (condition: Condition): condition is ListCondition => 'list' in condition;

const isRange = (condition: Condition): condition is RangeCondition =>
  !('list' in condition) && !('in' in condition);

const isOneValue = (condition: Condition): boolean =>
  'in' in condition && condition.in.length === 1;

/** The fraction of documents that meet all conditions, assuming that these are independent. */
const share = (where: readonly Condition[], counts: Counts): number =>
  where.reduce((product, one) => (product * Math.max(1, counts.matching(one))) / counts.all, 1);

const costPerEntry = (others: readonly Condition[], entryUs: number): number =>
  entryUs + LIST_PROBE_US * others.filter(isList).length;
