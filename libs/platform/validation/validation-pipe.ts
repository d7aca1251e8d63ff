import { Body, Query, type PipeTransform, type Type } from '@nestjs/common';
import { validatorFor } from './validator.js';

/** A pipe that validates. */
export class ValidationPipe<Valid> implements PipeTransform<unknown, Valid> {
  constructor(
    /** @throws Problem `invalid_request` naming each member that is wrong. */
    readonly transform: (value: unknown) => Valid,
  ) {}

  /** For a query. Its values are converted to the types of the request class. */
  static forQuery<Request extends object>(request: Type<Request>): ValidationPipe<Request> {
    return new ValidationPipe(validatorFor(request, 'query'));
  }
}

/** Injects the body as a valid request for a command. */
export const ValidBody = (command: { read(body: unknown): unknown }): ParameterDecorator =>
  Body(new ValidationPipe((body) => command.read(body)));

/** Injects the query's parameters after validation, converted to the types of the request class. */
export const ValidQuery = (request: Type<object>): ParameterDecorator =>
  Query(ValidationPipe.forQuery(request));
