import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Configuration } from '../configuration.js';
import { countsLookups } from '../telemetry/cache-metrics.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { AuthenticationGuard } from './authentication-guard.js';
import { TokenVerifier } from './token-verifier.js';

/** Authenticates every request of the process that is not public. */
@Module({
  providers: [
    {
      provide: TokenVerifier,
      inject: [Configuration, Telemetry],
      useFactory: (configuration: Configuration, { registry }: Telemetry) =>
        TokenVerifier.create(configuration, countsLookups(registry, 'verified tokens')),
    },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
})
export class AuthenticationModule {}
