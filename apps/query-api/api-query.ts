import { applyDecorators, type Type } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { requestSchemas } from '#platform/validation/schemas.js';

/** Documents a query's parameters from its request class, from which its validator is compiled. */
export function ApiQueryOf(Request: Type<object>): MethodDecorator {
  const { properties = {}, required = [] } = requestSchemas()[Request.name] ?? {};
  return applyDecorators(
    ...Object.entries(properties).map(([name, schema]) =>
      ApiQuery({ name, required: required.includes(name), schema: schema as object }),
    ),
  );
}
