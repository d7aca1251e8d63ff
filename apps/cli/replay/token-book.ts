import { existsSync } from 'node:fs';
import { signToken } from '#platform/authentication/sign-token.js';
import { CannotRun } from './cannot-run.js';
import type { Person } from './plan.js';

/** How long a token is valid, and how old one may get before a new one is signed, in milliseconds. */
const VALID = '1h';
const OLDEST = 50 * 60_000;

/** Signs a token for every actor with the local development key, and keeps it while it is good. */
export class TokenBook {
  readonly #tokens = new Map<string, { readonly token: Promise<string>; readonly at: number }>();

  constructor(private readonly dataFolder: string) {
    // Signing would make the folder and a key in it, which no service would know.
    if (!existsSync(dataFolder)) {
      throw new CannotRun(
        `There is no folder ${dataFolder}. The service's tokens are signed with the key in its data folder: set DATA_DIR to the one that the service runs with.`,
      );
    }
  }

  tokenOf({ id, role, tenant }: Person): Promise<string> {
    const key = JSON.stringify([id, role, tenant]);
    const known = this.#tokens.get(key);
    if (known !== undefined && performance.now() - known.at < OLDEST) return known.token;
    const token = signToken(this.dataFolder, { sub: id, roles: [role], tenant, ttl: VALID });
    this.#tokens.set(key, { token, at: performance.now() });
    return token;
  }

  /** What to say where the service takes none of these tokens. */
  refused(detail: string): CannotRun {
    return new CannotRun(
      `The service does not take this tool's tokens: ${detail}\nThey are signed with the local development key in ${this.dataFolder}. Set DATA_DIR to the data folder that the service runs with; a service with AUTH_JWKS_URL takes its issuer's tokens only, and no replay.`,
    );
  }
}
