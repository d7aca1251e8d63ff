/** Required by class-validator-jsonschema; missing in class-transformer's public types. */
declare module 'class-transformer/cjs/storage.js' {
  import type { validationMetadatasToSchemas } from 'class-validator-jsonschema';
  type Options = NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>;
  const storage: {
    defaultMetadataStorage: NonNullable<Options['classTransformerMetadataStorage']>;
  };
  export default storage;
}
