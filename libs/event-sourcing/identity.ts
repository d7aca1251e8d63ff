import { createHash } from 'node:crypto';

/**
 * An id that a retry derives again, so that the log itself shows what was done already
 * (UUID version 8, RFC 9562: the bits of a SHA-256).
 */
function derivedId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of the command that a caller sends with an idempotency key. */
export const commandIdOf = (caller: string, key: string): string =>
  derivedId('command', caller, key);

/** The id of a resource created with an idempotency key: a retry names the same stream. */
export const createdIdOf = (caller: string, key: string): string =>
  derivedId('created', caller, key);

/** Range of a UUID's last 48 bits, which are random (version 7) or a hash (version 8). */
const TAIL = 2 ** 48;

/**
 * The id of a command's event: the command's id plus the event's index. Ids of
 * version 7 are ordered by time, and so are their events in an index.
 */
export function eventIdOf(commandId: string, index: number): string {
  if (index === 0) return commandId;
  const tail = (Number.parseInt(commandId.slice(-12), 16) + index) % TAIL;
  return commandId.slice(0, 24) + tail.toString(16).padStart(12, '0');
}
