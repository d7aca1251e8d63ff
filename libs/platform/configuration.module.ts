import { Module, type DynamicModule } from '@nestjs/common';
import { Configuration } from './configuration.js';

/** Provides the settings, which are read before the application is created. */
@Module({})
export class ConfigurationModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      providers: [{ provide: Configuration, useValue: configuration }],
      exports: [Configuration],
    };
  }
}
