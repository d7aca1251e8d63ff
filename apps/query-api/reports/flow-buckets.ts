export const buckets = ['hour', 'day', 'week'] as const;
export type Bucket = (typeof buckets)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const lengths: Readonly<Record<Bucket, number>> = { hour: HOUR, day: DAY, week: 7 * DAY };

/** 5 January 1970 was the first Monday of Unix time. */
const FIRST_MONDAY = 4 * DAY;

/** Milliseconds since 1970: from inclusive, to exclusive. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The start of the bucket that a time is in. In UTC all buckets of a kind have the same length. */
export function startOf(bucket: Bucket, time: number): number {
  const origin = bucket === 'week' ? FIRST_MONDAY : 0;
  return Math.floor((time - origin) / lengths[bucket]) * lengths[bucket] + origin;
}

/** The whole buckets that an interval overlaps. */
export function wholeBuckets(bucket: Bucket, { from, to }: Interval): Interval {
  const start = startOf(bucket, from);
  const end = startOf(bucket, to);
  return { from: start, to: end < to || end === start ? end + lengths[bucket] : end };
}

export const countBuckets = (bucket: Bucket, { from, to }: Interval): number =>
  (to - from) / lengths[bucket];

export const lengthOf = (bucket: Bucket): number => lengths[bucket];
