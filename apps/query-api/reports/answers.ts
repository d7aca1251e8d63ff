import type { ApiResponseOptions } from '@nestjs/swagger';
import { ratings } from '#projections/satisfaction.js';
import { ticketStates } from '#ticketing/ticket/state.js';

/** What reports answer, for the documentation. */

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const count = { type: 'integer', minimum: 0 };
const time = { type: 'string', format: 'date-time' };

const objectOf = (properties: Readonly<Record<string, Schema>>, optional: Schema = {}) => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});

const each = (names: readonly (string | number)[], schema: Schema) =>
  objectOf(Object.fromEntries(names.map((name) => [name, schema])));

/** Figures of all tickets, and where they are asked for by groups, the same of each group. */
const grouped = (figures: Readonly<Record<string, Schema>>, more: Schema = {}) =>
  objectOf(
    { ...figures, ...more, position: text },
    {
      groupBy: text,
      groups: {
        type: 'array',
        items: objectOf({ key: textOrNull, name: textOrNull, ...figures }),
      },
    },
  );

// Types beside null are OpenAPI 3.1, which the library's types do not know.
const answer = (description: string, schema: object): ApiResponseOptions => ({
  status: 200,
  description,
  schema,
});

export const summaryAnswer = answer(
  'Counts by state. A ticket counts once for each of its owners; the key is null for tickets that have none.',
  grouped({ total: count, counts: each(ticketStates, count) }),
);

export const flowAnswer = answer(
  'A bucket an item, also where nothing happened; `open` is at its end.',
  objectOf({
    bucket: text,
    from: time,
    to: time,
    items: {
      type: 'array',
      items: objectOf({
        from: time,
        to: time,
        created: count,
        closed: count,
        canceled: count,
        open: count,
      }),
    },
    position: text,
  }),
);

const seconds = { type: ['number', 'null'], minimum: 0 };
const figures = objectOf({ count, mean: seconds, p50: seconds, p90: seconds, p99: seconds });

export const durationsAnswer = answer(
  'Seconds. Percentiles are within 1 %; a mean and percentiles of nothing are null.',
  grouped(
    {
      timeToFirstHandling: figures,
      timeToFirstResponse: figures,
      timeToResolution: figures,
      timeToClose: figures,
      timeWaitingForCustomer: figures,
    },
    { unit: text },
  ),
);

export const satisfactionAnswer = answer(
  'How often each rating was given, from 1 (bad) to 5 (good).',
  grouped({
    count,
    mean: { type: ['number', 'null'], minimum: 1, maximum: 5 },
    distribution: each(ratings, count),
  }),
);
