/** What must be there for a test to go on. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('There is nothing there.');
  return value;
}
