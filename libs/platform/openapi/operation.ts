import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Whether an operation is a command that changes one thing: it takes an idempotency key. */
export const takesIdempotencyKey = ({ parameters = [] }: Operation): boolean =>
  parameters.some((parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key');

/** Removes an extension that a decorator left on an operation, and returns its values. */
export function takeExtension(operation: Operation, name: `x-${string}`): readonly string[] {
  const values: unknown = Reflect.get(operation, name) ?? [];
  Reflect.deleteProperty(operation, name);
  return values as readonly string[];
}
