import fs = require('node:fs');

/**
 * To be preloaded (`NODE_OPTIONS=--require`): every thread says at its end, on the standard error,
 * which packages of OpenTelemetry it has loaded.
 */
process.once('exit', () => {
  const packages = Object.keys(require.cache).flatMap(
    (file) => /node_modules\/(@opentelemetry\/[^/]+)\//.exec(file)?.[1] ?? [],
  );
  fs.writeSync(2, `loaded: ${[...new Set(packages)].sort().join(' ')}\n`);
});
