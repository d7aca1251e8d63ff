type Method = (...values: unknown[]) => unknown;

/**
 * A part of a store that calls the current part of the same kind, whose methods return promises.
 *
 * @param current - the part that each call goes to
 * @param failed - receives what a call has thrown, and returns what the caller gets to catch
 */
export function watchedPart<Part extends object>(
  current: () => Part,
  failed: (error: unknown) => unknown,
): Part {
  return new Proxy({} as Part, {
    get: (_, name) => {
      const part = current();
      const member: unknown = Reflect.get(part, name, part);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]) => {
        try {
          return await (member as Method).apply(part, values);
        } catch (error) {
          throw failed(error);
        }
      };
    },
  });
}
