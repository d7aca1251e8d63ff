import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';

@Module({})
class BenchModule {}

@Module({})
class GivenModule {}

/** An application of one of our modules, and what it is given. */
export const applicationOf = (module: Type, providers: Provider[]): DynamicModule => ({
  module: BenchModule,
  imports: [
    module,
    {
      module: GivenModule,
      global: true,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    },
  ],
});
