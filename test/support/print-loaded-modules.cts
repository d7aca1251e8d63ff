import fs = require('node:fs');

/**
 * Preloaded with `NODE_OPTIONS=--require`: at its end, every thread prints the OpenTelemetry packages
 * that it has loaded to standard error.
 */
process.once('exit', () => {
  const packages = Object.keys(require.cache).flatMap(
    (file) => /node_modules\/(@opentelemetry\/[^/]+)\//.exec(file)?.[1] ?? [],
  );
  fs.writeSync(2, `loaded: ${[...new Set(packages)].sort().join(' ')}\n`);
});
