import classTransformer from 'class-transformer/cjs/storage.js';
import {
  targetConstructorToSchema,
  validationMetadatasToSchemas,
} from 'class-validator-jsonschema';

export type Schema = Record<string, unknown> & {
  properties?: Record<string, unknown>;
  required?: string[];
};

const options = {
  classTransformerMetadataStorage: classTransformer.defaultMetadataStorage,
  refPointerPrefix: '#/components/schemas/',
  skipMissingProperties: false,
};

/**
 * The JSON Schemas of all request classes that are loaded, by class name, as components of an
 * OpenAPI document. Members that a class does not name are refused.
 */
export function requestSchemas(): Record<string, Schema> {
  const schemas = validationMetadatasToSchemas(options) as Record<string, Schema>;
  for (const schema of Object.values(schemas)) {
    schema['type'] = 'object';
    schema['additionalProperties'] = false;
  }
  return schemas;
}

/** The members of one request class; the schemas of all classes take 30 times as long to make. */
export const membersOf = (request: new () => object): Pick<Schema, 'properties' | 'required'> =>
  targetConstructorToSchema(request, options);
