import { crc32 } from 'node:zlib';
import { ViewsDamaged } from '../view-store.js';

/** The length of a checksum in hexadecimal. */
const CHECKSUM_LENGTH = 8;

const checksumOf = (id: string, text: string): string =>
  crc32(text, crc32(id)).toString(16).padStart(CHECKSUM_LENGTH, '0');

/** A document's text after its checksum, which covers its id too. */
export const sealed = (id: string, text: string): string => checksumOf(id, text) + text;

/**
 * The text of a stored document. One of an earlier version of the file has no checksum, until its copy
 * was rebuilt.
 *
 * @throws ViewsDamaged if the document was altered
 */
export function opened(id: string, stored: string): string {
  if (isOldDocument(stored)) return stored;
  const text = stored.slice(CHECKSUM_LENGTH);
  // Nothing of the document may be in a message.
  if (!stored.startsWith(checksumOf(id, text)))
    throw ViewsDamaged.by(new Error('a document was altered'));
  return text;
}

function isOldDocument(stored: string): boolean {
  if (!stored.startsWith('{')) return false;
  try {
    JSON.parse(stored);
    return true;
  } catch {
    return false;
  }
}
