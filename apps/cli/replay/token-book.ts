import { existsSync } from 'node:fs';
import { signToken } from '#platform/authentication/sign-token.js';
import { CannotRun } from './cannot-run.js';
import type { Person } from './plan.js';

/** The lifetime of a token, and the age at which a new one is signed, in milliseconds. */
const LIFETIME = '1h';
const MAX_AGE_MS = 50 * 60_000;

/** Signs tokens for actors with the local development key, and caches them while valid. */
export class TokenBook {
  readonly #tokens = new Map<string, { readonly token: Promise<string>; readonly at: number }>();

  constructor(private readonly dataFolder: string) {
    // Signing would create the folder and a key that no service knows.
    if (!existsSync(dataFolder)) {
      throw new CannotRun(
        `The folder ${dataFolder} does not exist. Tokens are signed with the key in the service's data folder: set DATA_DIR to it.`,
      );
    }
  }

  tokenOf({ id, role, tenant }: Person): Promise<string> {
    const key = JSON.stringify([id, role, tenant]);
    const known = this.#tokens.get(key);
    if (known !== undefined && performance.now() - known.at < MAX_AGE_MS) return known.token;
    const token = signToken(this.dataFolder, { sub: id, roles: [role], tenant, ttl: LIFETIME });
    this.#tokens.set(key, { token, at: performance.now() });
    return token;
  }

  /** The error if the service refuses these tokens. */
  refused(detail: string): CannotRun {
    return new CannotRun(
      `The service refuses this tool's tokens: ${detail}\nThey are signed with the local development key in ${this.dataFolder}. Set DATA_DIR to the service's data folder. A service with AUTH_ISSUER accepts only its issuer's tokens and cannot be used for a replay.`,
    );
  }
}
