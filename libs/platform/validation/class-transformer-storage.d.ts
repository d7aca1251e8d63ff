/** Not part of class-transformer's public types, and what class-validator-jsonschema asks for. */
declare module 'class-transformer/cjs/storage.js' {
  import type { validationMetadatasToSchemas } from 'class-validator-jsonschema';
  type Options = NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>;
  const storage: {
    defaultMetadataStorage: NonNullable<Options['classTransformerMetadataStorage']>;
  };
  export default storage;
}
