import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** Who issues local tokens, and for whom. */
export const LOCAL_ISSUER = 'urn:service-tickets:local';
export const LOCAL_AUDIENCE = 'service-tickets';

const FILE = 'signing-key.json';

/**
 * The local development key (Ed25519, as a private JWK): read from the data folder, or made there
 * on first use, readable for its owner only.
 *
 * @throws Error naming the file and the remedy, where it holds no such key.
 */
export async function localSigningKey(dataFolder: string): Promise<JWK> {
  const file = join(dataFolder, FILE);
  if (!existsSync(file)) await makeKey(dataFolder, file);
  chmodSync(file, 0o600);
  return readKey(file);
}

async function makeKey(dataFolder: string, file: string): Promise<void> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), alg: 'EdDSA', kid: randomUUID() };
  // Written whole before it has its name: two processes that start at once agree on one key.
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(key), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function readKey(file: string): JWK {
  const remedy = 'Restore it, or remove it: a new one is made, and tokens signed before are void.';
  let key: JWK | null;
  try {
    key = JSON.parse(readFileSync(file, 'utf8')) as JWK | null;
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as Error).message}). ${remedy}`, {
      cause: error,
    });
  }
  if (key?.kty !== 'OKP' || key.crv !== 'Ed25519' || key.d === undefined || key.kid === undefined) {
    throw new Error(`${file} holds no Ed25519 key. ${remedy}`);
  }
  return key;
}
