import { expect, test } from '@jest/globals';
import { text } from './files.js';

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly hasInstallScript?: boolean; readonly dev?: boolean }>
  >;
}

/** npm 10, which comes with Node 20, runs install scripts whatever `allowScripts` says. */
test('of what the product ships, only SQLite has an install script', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as LockFile;
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const shipped = scripted.filter(([, { dev }]) => dev !== true);
  expect(shipped.map(([path]) => path)).toEqual(['node_modules/@photostructure/sqlite']);
});

test('npm 11 runs no install script at all', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as LockFile;
  const { allowScripts } = JSON.parse(text('package.json')) as {
    readonly allowScripts: Readonly<Record<string, boolean>>;
  };
  const names = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
});
