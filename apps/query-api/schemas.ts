/** Answers, for the documentation. */

const text = { type: 'string' as const };

/** A page of things: `items`, where the next page begins, and how far the read model has got. */
export const pageSchema = {
  schema: {
    type: 'object',
    required: ['items', 'nextCursor', 'position'],
    properties: {
      items: { type: 'array', items: { type: 'object' } },
      nextCursor: { type: ['string', 'null'] as never },
      position: text,
    },
  },
} as const;

export const objectSchema = (...required: string[]) => ({
  schema: { type: 'object' as const, required, properties: {} },
});
