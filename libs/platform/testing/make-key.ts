/** Reads the local signing key of a folder, or makes it there, and says which it is. */
import { localSigningKey } from '../authentication/local-key.js';

const { kid, x } = await localSigningKey(process.argv[2] ?? '');
process.stdout.write(`${JSON.stringify({ kid, x })}\n`);
