/** Prints the public part of a folder's local signing key, which it creates if missing. */
import { localSigningKey } from '../authentication/local-key.js';

const { kid, x } = await localSigningKey(process.argv[2] ?? '');
process.stdout.write(`${JSON.stringify({ kid, x })}\n`);
