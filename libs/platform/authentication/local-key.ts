import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { prepareDataFolder } from '../data-folder.js';

/** The issuer of local tokens. */
export const LOCAL_ISSUER = 'urn:service-tickets:local';

const FILE = 'signing-key.json';

/**
 * The local development key (Ed25519, as a private JWK): read from the data folder, or created there
 * on first use, readable only for its owner.
 *
 * @throws Error naming the file and the remedy if it does not contain such a key, or if the folder
 *   cannot be used.
 */
export async function localSigningKey(dataFolder: string): Promise<JWK> {
  const file = join(dataFolder, FILE);
  prepareDataFolder(dataFolder);
  if (!existsSync(file)) await makeKey(file);
  return readKey(file);
}

async function makeKey(file: string): Promise<void> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), alg: 'EdDSA', kid: randomUUID() };
  // Written completely before it is linked to its name, so that concurrent starts agree on one key.
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
  const remedy =
    'Restore it, or remove it: a new key is created, and tokens signed with the old one are invalid.';
  let key: JWK | null;
  try {
    key = JSON.parse(readFileSync(file, 'utf8')) as JWK | null;
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as Error).message}). ${remedy}`, {
      cause: error,
    });
  }
  if (key?.kty !== 'OKP' || key.crv !== 'Ed25519' || key.d === undefined || key.kid === undefined) {
    throw new Error(`${file} has no Ed25519 key. ${remedy}`);
  }
  return key;
}
