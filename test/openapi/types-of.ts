import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = `/**
 * The types of the HTTP API, generated from its OpenAPI document by \`npm run generate:api-types\`.
 * Do not edit.
 */

`;

/** The TypeScript types of an OpenAPI document, for openapi-fetch. */
export async function typesOf(document: string): Promise<string> {
  return HEADER + astToString(await openapiTS(document));
}
