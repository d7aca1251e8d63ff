import { createHash } from 'node:crypto';
import { invalidField } from '#platform/problems/problem.js';
import type { FieldValue } from '#projections/projection.js';

/** The last document of a page: the next page goes on behind it. */
export interface Place {
  readonly value: FieldValue;
  readonly id: string;
}

/**
 * Cursors are opaque to callers. One holds a place and a digest of the query that it belongs to, so
 * that going on with other filters or another order is noticed.
 */
export const writeCursor = (query: object, { value, id }: Place): string =>
  Buffer.from(JSON.stringify([digestOf(query), value, id])).toString('base64url');

/** @throws Problem `invalid_request` for a cursor that is not ours, or of another query. */
export function readCursor(query: object, cursor: string): Place {
  const [digest, value, id] = parse(cursor);
  const isValue = value === null || typeof value === 'string' || typeof value === 'number';
  if (typeof id !== 'string' || !isValue) {
    throw invalidField('/cursor', 'This is no cursor of this service: use nextCursor as it is.');
  }
  if (digest !== digestOf(query)) {
    throw invalidField('/cursor', 'This cursor is of a query with other filters or another sort.');
  }
  return { value, id };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // What is not JSON is not ours, which the caller is told like any other strange cursor.
    return [];
  }
}

const digestOf = (query: object): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);
