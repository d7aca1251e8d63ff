import {
  MongoBulkWriteError,
  type AnyBulkWriteOperation,
  type ClientSession,
  type Collection,
} from 'mongodb';
import { isDuplicate } from './errors.js';
import type { StoredDocument } from './documents.js';

type Operation = AnyBulkWriteOperation<StoredDocument>;

/** How many documents are read or written at once: each sending has its time. */
const AT_ONCE = 500;

/** Many things, in parts that are sent at once. */
export function* inParts<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += AT_ONCE) yield items.slice(from, from + AT_ONCE);
}

/** Writes within a transaction. */
export async function writeAll(
  documents: Collection<StoredDocument>,
  operations: readonly Operation[],
  session: ClientSession,
): Promise<void> {
  for (const some of inParts(operations)) await documents.bulkWrite(some, { session });
}

/**
 * Writes in the given order; each operation's filter says what it may replace. Where that leaves a
 * document alone, the upsert finds its id taken: by one that has seen more, or by one that was
 * written in the very moment, which is then replaced if it may be.
 */
export async function writeGuarded(
  documents: Collection<StoredDocument>,
  operations: readonly Operation[],
): Promise<void> {
  let left = operations;
  while (left.length > 0) left = await writeUpToTaken(documents, left);
}

/** @returns what is left to be written behind an id that was taken. */
async function writeUpToTaken(
  documents: Collection<StoredDocument>,
  operations: readonly Operation[],
): Promise<readonly Operation[]> {
  try {
    await documents.bulkWrite([...operations]);
    return [];
  } catch (error) {
    const index = takenIn(error);
    const taken = index === null ? undefined : operations[index];
    if (index === null || taken === undefined || !('replaceOne' in taken)) throw error;
    await documents.replaceOne(taken.replaceOne.filter, taken.replaceOne.replacement);
    return operations.slice(index + 1);
  }
}

/** Which operation found its id taken; null where something else went wrong. */
function takenIn(error: unknown): number | null {
  if (!(error instanceof MongoBulkWriteError) || !isDuplicate(error)) return null;
  const [first] = [error.writeErrors].flat();
  return first?.index ?? null;
}
