import { createHash } from 'node:crypto';
import { invalidField } from '#platform/problems/problem.js';
import type { Place } from '#view-stores/view-store.js';

/**
 * A cursor is opaque to callers. It has the place of the last document of a page and a digest of its
 * query, so that a cursor with other filters or another order is refused.
 */
export const writeCursor = (query: object, { value, id }: Place): string =>
  Buffer.from(JSON.stringify([digestOf(query), value, id])).toString('base64url');

/** @throws Problem `invalid_request` for a cursor that is not ours, or belongs to another query */
export function readCursor(query: object, cursor: string): Place {
  const [digest, value, id] = parse(cursor);
  const isValue = value === null || typeof value === 'string' || typeof value === 'number';
  if (typeof id !== 'string' || !isValue) {
    throw invalidField(
      '/cursor',
      'This is not a cursor of this service. Send nextCursor unchanged.',
    );
  }
  if (digest !== digestOf(query)) {
    throw invalidField(
      '/cursor',
      'This cursor belongs to a query with other filters or another sort. Send the same query.',
    );
  }
  return { value, id };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // The caller gets the same answer as for any other cursor that is not ours.
    return [];
  }
}

const digestOf = (query: object): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);
