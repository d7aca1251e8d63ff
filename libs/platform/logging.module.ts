import { Global, Module } from '@nestjs/common';
import { Configuration } from './configuration.js';
import { createLogger, LOGGER } from './logging.js';

@Global()
@Module({
  providers: [
    {
      provide: LOGGER,
      inject: [Configuration],
      useFactory: ({ logLevel }: Configuration) => createLogger(logLevel),
    },
  ],
  exports: [LOGGER],
})
export class LoggingModule {}
