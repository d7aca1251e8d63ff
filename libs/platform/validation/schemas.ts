import classTransformer from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

export type Schema = Record<string, unknown> & {
  properties?: Record<string, unknown>;
  required?: string[];
};

/**
 * The JSON Schemas of all request classes that are loaded, by class name, as components of an
 * OpenAPI document. Members that a class does not name are refused.
 */
export function requestSchemas(): Record<string, Schema> {
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: classTransformer.defaultMetadataStorage,
    refPointerPrefix: '#/components/schemas/',
    skipMissingProperties: false,
  }) as Record<string, Schema>;
  for (const schema of Object.values(schemas)) {
    schema['type'] = 'object';
    schema['additionalProperties'] = false;
  }
  return schemas;
}
