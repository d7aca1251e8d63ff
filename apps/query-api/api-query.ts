import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { membersOf } from '#platform/validation/schemas.js';

/** Documents a query's parameters from its request class, from which its validator is compiled. */
export function ApiQueryOf(Request: Type<object>): MethodDecorator {
  const { properties = {}, required = [] } = membersOf(Request);
  return applyDecorators(
    ...Object.entries(properties).map(([name, schema]) =>
      ApiQuery({ name, required: required.includes(name), schema: schema as object }),
    ),
  );
}

interface QueryDocumentation {
  readonly operationId: string;
  /** What the query does. */
  readonly summary: string;
  readonly answer: Type<object>;
  /** What the answer is. */
  readonly description: string;
}

/** Documents a query: what it does, its parameters and its answer. */
export const DocumentQuery = (
  Request: Type<object>,
  { operationId, summary, answer, description }: QueryDocumentation,
): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiQueryOf(Request),
    ApiResponse({ status: 200, description, type: answer }),
  );
