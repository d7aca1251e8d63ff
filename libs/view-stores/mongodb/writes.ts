import type { AnyBulkWriteOperation, ClientSession, Collection } from 'mongodb';
import type { StoredDocument } from './documents.js';

export type Operation = AnyBulkWriteOperation<StoredDocument>;

/** How many documents one request reads or writes: each request has its own timeout. */
const PART_SIZE_DOCUMENTS = 500;

/** Splits many items into parts that one request can take. */
export function* inParts<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += PART_SIZE_DOCUMENTS)
    yield items.slice(from, from + PART_SIZE_DOCUMENTS);
}

/** Writes within a transaction. */
export async function writeAll(
  documents: Collection<StoredDocument>,
  operations: readonly Operation[],
  session: ClientSession,
): Promise<void> {
  for (const some of inParts(operations)) await documents.bulkWrite(some, { session });
}
