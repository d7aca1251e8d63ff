import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeDocument } from './complete-document.js';
import { nullTypesOf } from './null-types.js';

/** Serves `/api/docs` for people and `/api/openapi.json` for programs (OpenAPI 3.1). */
export function serveDocumentation(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= documentOf(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Service tickets: API',
  });
}

function documentOf(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Service tickets')
    .setDescription(
      'Commands and queries of the service-ticket backend. Every error is problem details (RFC 9457) with a `code`.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'The service that this document comes from')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'A JSON Web Token, signed with EdDSA, ES256 or RS256.',
    })
    .addSecurityRequirements('bearer')
    .build();
  description.info.contact = { name: 'The operator of this service' };
  // SPDX identifiers came with OpenAPI 3.1; the library's types are those of 3.0.
  description.info.license = { name: 'MIT', identifier: 'MIT' } as { name: string };
  return nullTypesOf(completeDocument(SwaggerModule.createDocument(app, description)));
}
