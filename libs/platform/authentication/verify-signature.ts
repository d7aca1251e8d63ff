import {
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTVerifyOptions,
  type JWTVerifyResult,
} from 'jose';
import type { IssuerKeys } from './issuer-keys.js';

/** Bounds the work for one token: issuers publish a handful of keys of an algorithm. */
const MAX_KEYS_TRIED = 20;

/**
 * Verifies a token with the issuer's key that its key id names, or with each key of its algorithm.
 *
 * @throws JOSEError, or the error of the fetch of the keys
 */
export async function verifySignature(
  token: string,
  keys: IssuerKeys,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await withAnyKey(token, keys, options);
  } catch (error) {
    // A token that names its key fetches the keys again if it is not there. One that names none may
    // be signed with a new key too.
    const mayBeNew =
      error instanceof errors.JWSSignatureVerificationFailed &&
      decodeProtectedHeader(token).kid === undefined;
    if (!mayBeNew || keys.reload === undefined || keys.coolingDown === true) throw error;
    await keys.reload();
    return withAnyKey(token, keys, options);
  }
}

async function withAnyKey(
  token: string,
  keys: IssuerKeys,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    let tried = 0;
    for await (const key of error) {
      tried += 1;
      if (tried > MAX_KEYS_TRIED) break;
      try {
        return await jwtVerify(token, key, options);
      } catch (inner) {
        // A TypeError is a weak key, which is passed over.
        const isOther =
          inner instanceof errors.JWSSignatureVerificationFailed || inner instanceof TypeError;
        if (!isOther) throw inner;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}
