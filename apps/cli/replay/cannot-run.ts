/** The replay cannot start or continue. The message has the reason and the remedy. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
