import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The suites that Jest would run with a configuration. */
function suitesOf(config: string): string[] {
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const output = execFileSync(process.execPath, [...jest, '--config', config, '--listTests'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output.split('\n').filter((line) => line !== '');
}

const written = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.spec.js'))
  .map((path) => join(root, 'dist', path));

it('npm test and npm run test:all together run every suite', () => {
  const [inTest, inAll] = ['jest.config.js', 'jest.all.config.js'].map(suitesOf);
  expect(written.length).toBeGreaterThan(100);
  const run = new Set([...(inTest ?? []), ...(inAll ?? [])]);
  expect(written.filter((path) => !run.has(path))).toEqual([]);
  expect(inTest?.filter((path) => path.includes('mongodb.spec'))).toEqual([]);
});
