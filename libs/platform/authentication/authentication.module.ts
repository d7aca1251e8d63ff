import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Logger } from 'pino';
import { Configuration } from '../configuration.js';
import { LOGGER } from '../logging.js';
import { Health } from '../process/health.js';
import { degraded, OK } from '../process/part-health.js';
import { countsLookups } from '../telemetry/cache-metrics.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { AuthenticationGuard } from './authentication-guard.js';
import { TokenVerifier } from './token-verifier.js';
import { logWeakKeys } from './weak-keys.js';

/** Verifies the tokens of callers and checks their roles. */
@Module({
  providers: [
    {
      provide: TokenVerifier,
      inject: [Configuration, Telemetry, LOGGER],
      useFactory: (configuration: Configuration, { registry }: Telemetry, logger: Logger) =>
        TokenVerifier.create(configuration, {
          onLookup: countsLookups(registry, 'verified tokens'),
          onWeakKey: logWeakKeys(logger),
        }),
    },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
})
export class AuthenticationModule {
  constructor(health: Health, verifier: TokenVerifier, { authentication }: Configuration) {
    if (authentication.kind === 'local') return;
    // Callers whose tokens were verified before are still served.
    health.addCheck(() => {
      const problem = verifier.checkIssuer();
      return { issuer: problem === null ? OK : degraded(problem) };
    });
  }
}
