import { invalidField } from '#platform/problems/problem.js';

/** @throws Problem `invalid_request` if it is not a valid service id. */
export function serviceIdOf(text: string): string {
  if (text.length > 64 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
    throw invalidField(
      '/serviceId',
      'A service id must be a slug of at most 64 characters: a-z, 0-9, -.',
    );
  }
  return text;
}
