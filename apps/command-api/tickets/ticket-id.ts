import { Problem } from '#platform/problems/problem.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws Problem `not_found` if it is not a UUID. */
export function ticketIdOf(text: string): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new Problem('not_found', 'There is no such ticket.');
  return id;
}
