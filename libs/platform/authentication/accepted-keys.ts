import type { JSONWebKeySet, JWK } from 'jose';

/** What a key is, whatever its id. */
const identityOf = ({ kty, crv, n, x }: JWK): string => JSON.stringify([kty, crv, n ?? x]);

const identitiesIn = (set: JSONWebKeySet | undefined): string[] =>
  (set?.keys ?? []).map(identityOf);

/** Notices that an issuer has exchanged all its keys, as one that is not the right one. */
export class AcceptedKeys {
  #accepted: readonly string[] = [];

  /** A token was verified while the issuer published these keys. */
  verified(published: JSONWebKeySet | undefined): void {
    this.#accepted = identitiesIn(published);
  }

  /** Whether none of the keys is one of those that were published when a token was last verified. */
  areAllExchanged(published: JSONWebKeySet | undefined): boolean {
    const found = identitiesIn(published);
    return this.#accepted.length > 0 && !found.some((key) => this.#accepted.includes(key));
  }
}
