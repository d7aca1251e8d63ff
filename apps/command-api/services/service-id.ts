import { invalidField } from '#platform/problems/problem.js';

/** @throws Problem `invalid_request` for what cannot be a service's id. */
export function serviceIdOf(text: string): string {
  if (text.length > 64 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
    throw invalidField(
      '/serviceId',
      'A service id is a slug of at most 64 characters: a-z, 0-9, -.',
    );
  }
  return text;
}
