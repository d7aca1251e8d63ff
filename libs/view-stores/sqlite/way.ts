import type { Projection } from '#projections/projection.js';
import type { Condition, Query } from '../view-store.js';

/**
 * How a query comes to its documents: along an index of the projection, by its place among them, or
 * through the documents that a list's value has.
 */
export type Way =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'list'; readonly condition: ListCondition };

export type ListCondition = Extract<Condition, { list: string }>;
type RangeCondition = Exclude<Condition, { list: string } | { in: unknown }>;

/** What is known of the documents: how many there are, and how many meet a condition. */
export interface Known {
  readonly all: number;
  meeting(condition: Condition): number;
}

/** What steps take, in microseconds: about, as it is their proportions that decide. */
const ENTRY = 0.2;
const SORTED_ENTRY = 0.7;
const LIST_PROBE = 2;
const DOCUMENT = 5;

/**
 * What is asked for may lie together, late in the order of the list: tickets that wait are young ones.
 * So an estimate that hopes for an even spread counts double.
 */
const UNEVEN = 2;

interface Possible {
  readonly way: Way;
  readonly cost: number;
}

/** Chooses the cheapest way. Null where the projection has none of its own. */
export function wayFor(
  projection: Pick<Projection<never>, 'indexes'>,
  query: Query,
  known: Known,
): Way | null {
  const possible = [
    ...alongOrder(projection, query, known),
    ...query.where.flatMap((condition) => through(condition, projection, query, known)),
  ];
  const [first, ...others] = possible;
  if (first === undefined) return null;
  return others.reduce((best, one) => (one.cost < best.cost ? one : best), first).way;
}

/** All documents in the order that is asked for, until enough are found. */
function alongOrder(
  { indexes }: Pick<Projection<never>, 'indexes'>,
  query: Query,
  known: Known,
): Possible[] {
  const index = indexes.findIndex(([first]) => first === query.sort.field);
  if (index < 0) return [];
  // Tickets of last spring were last touched last spring: in that order they come all at once, and late.
  const comesLate = query.where.some((one) => isRange(one) && one.field !== query.sort.field);
  const spread = UNEVEN * (query.limit / share(query.where, known));
  const passed = comesLate ? known.all : Math.min(known.all, spread);
  return [{ way: { kind: 'index', index }, cost: passed * perEntry(query.where, ENTRY) }];
}

/** The documents that meet one condition: all of them, or in order, until enough are found. */
function through(
  condition: Condition,
  { indexes }: Pick<Projection<never>, 'indexes'>,
  { where, sort, limit }: Query,
  known: Known,
): Possible[] {
  const others = where.filter((one) => one !== condition);
  const size = known.meeting(condition);
  if ('list' in condition) {
    // Whether a document meets conditions on fields shows only when it is looked at.
    const left = size * share(others.filter(isList), known);
    const cost = size * perEntry(others, ENTRY) + left * DOCUMENT;
    return [{ way: { kind: 'list', condition }, cost }];
  }
  const ordered = indexes.findIndex(
    ([first, second]) => first === condition.field && second === sort.field,
  );
  if (ordered >= 0 && isOneValue(condition)) {
    const passed = Math.min(size, UNEVEN * (limit / share(others, known)));
    const cost = passed * perEntry(others, ENTRY);
    return [{ way: { kind: 'index', index: ordered }, cost }];
  }
  const index = indexes.findIndex(([first]) => first === condition.field);
  if (index < 0) return [];
  return [{ way: { kind: 'index', index }, cost: size * perEntry(others, SORTED_ENTRY) }];
}

const isList = (condition: Condition): condition is ListCondition => 'list' in condition;

const isRange = (condition: Condition): condition is RangeCondition =>
  !('list' in condition) && !('in' in condition);

const isOneValue = (condition: Condition): boolean =>
  'in' in condition && condition.in.length === 1;

/** How many of all documents meet all conditions, if each has nothing to do with the others. */
const share = (where: readonly Condition[], known: Known): number =>
  where.reduce((product, one) => (product * Math.max(1, known.meeting(one))) / known.all, 1);

const perEntry = (others: readonly Condition[], entry: number): number =>
  entry + LIST_PROBE * others.filter(isList).length;
