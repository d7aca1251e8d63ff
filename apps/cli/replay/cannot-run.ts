/** The replay cannot start, or cannot go on. The message says why and what to do about it. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
