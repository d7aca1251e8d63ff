import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { nullTypesOf } from '../openapi/null-types.js';
import { problemStatuses } from '../problems/problem.js';
import { requestSchemas } from '../validation/schemas.js';

/** Serves `/api/docs` for people and `/api/openapi.json` for programs (OpenAPI 3.1). */
export function serveDocumentation(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Service tickets')
    .setDescription(
      'Commands and queries of the service-ticket backend. Every refusal is problem details (RFC 9457) with a `code`.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .build();
  let made: OpenAPIObject | undefined;
  const document = () =>
    (made ??= nullTypesOf(complete(SwaggerModule.createDocument(app, description))));
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Service tickets: API',
  });
}

/** Puts in the schemas that the validators are made from, and the problems that any call may meet. */
function complete(document: OpenAPIObject): OpenAPIObject {
  document.components ??= {};
  document.components.schemas = {
    ...document.components.schemas,
    ...(requestSchemas() as NonNullable<typeof document.components.schemas>),
    Problem: problemSchema as never,
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.put, path.post]) {
      if (operation === undefined || operation.security?.length === 0) continue;
      for (const status of new Set(Object.values(problemStatuses))) {
        operation.responses[status] ??= problemResponse as never;
      }
    }
  }
  return document;
}

const problemResponse = {
  description: 'Refused: problem details say why.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const text = { type: 'string' };

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: text,
    code: { type: 'string', enum: Object.keys(problemStatuses) },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: text, message: text },
      },
    },
    state: text,
    allowed: { type: 'array', items: text },
    handler: text,
    revision: { type: 'integer' },
  },
};
