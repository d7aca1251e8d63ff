import { Body, Query, type PipeTransform, type Type } from '@nestjs/common';
import { validatorFor, type Validate } from './validator.js';

/**
 * Checks a body or a query against its request class. The class's decorators are compiled to code
 * once, at the start of the process.
 */
export class ValidationPipe<Request extends object> implements PipeTransform<unknown, Request> {
  readonly #validate: Validate<Request>;

  constructor(
    request: Type<Request>,
    private readonly source: 'body' | 'query',
  ) {
    this.#validate = validatorFor(request, source);
  }

  /** @throws Problem `invalid_request` naming each member that is wrong. */
  transform(value: unknown): Request {
    // Validation converts a query's values in place: the copy leaves the request as it was sent.
    return this.#validate(this.source === 'query' ? { ...(value as object) } : (value ?? {}));
  }
}

/** Injects the body after validation. A missing body is an empty object. */
export const ValidBody = (request: Type<object>): ParameterDecorator =>
  Body(new ValidationPipe(request, 'body'));

/** Injects the query's parameters after validation, converted to the types of the request class. */
export const ValidQuery = (request: Type<object>): ParameterDecorator =>
  Query(new ValidationPipe(request, 'query'));
