import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { readConfiguration } from '../configuration.js';
import { localSigningKey } from './local-key.js';
import { signToken } from './sign-token.js';
import { tokenExpiry } from './token-expiry.js';

const newFolder = temporaryFolders();

describe('the expiry of a token', () => {
  it.each(['Bearer', 'bearer ', 'BEARER'])('is read after %j', async (scheme) => {
    const { dataFolder } = readConfiguration({ DATA_DIR: newFolder() });
    await localSigningKey(dataFolder);
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    const token = await signToken(dataFolder, { sub: 'bob', roles: ['engineer'], ttl: '90s' });
    const expiry = tokenExpiry(`${scheme} ${token}`);
    expect(expiry).toBeGreaterThanOrEqual(before + 90_000);
    expect(expiry).toBeLessThan(before + 95_000);
  });
});
