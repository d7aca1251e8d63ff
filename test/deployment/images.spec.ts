import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { environmentOf, instructionsOf, lastOf, stages } from './dockerfile.js';
import { exists, scripts, text } from './files.js';

const apps = readdirSync(new URL('../../../apps', import.meta.url)).filter(
  (name) => name !== 'cli' && exists(`apps/${name}/main.ts`),
);

describe('the images', () => {
  test('there is one for each serving app', () => {
    expect(apps.length).toBeGreaterThanOrEqual(4);
    const offered = stages().filter(({ from }) => from === 'app');
    expect(offered.map(({ name }) => name).sort()).toEqual(apps.sort());
  });

  test('the default target is the standalone app', () => {
    expect(stages().at(-1)?.name).toBe('standalone');
  });

  test.each(apps)('%s starts like its npm script, without npm', (app) => {
    const command = JSON.parse(lastOf(app, 'CMD') ?? '') as readonly string[];
    const script = scripts[app === 'standalone' ? 'start' : `start:${app}`];
    // npm's shell replaces itself with Node (exec), like an image without a shell.
    expect(`exec ${command.join(' ')}`).toBe(script);
    expect(command[0]).toBe('node');
    expect(command.at(-1)).toBe(`dist/apps/${app}/main.js`);
    expect(lastOf(app, 'ENTRYPOINT')).toBeUndefined();
  });

  test.each(apps)('%s runs as a numeric user other than root', (app) => {
    expect(lastOf(app, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test.each(apps)('%s listens on the port of its health check', (app) => {
    expect(environmentOf(app, 'PORT')).toBe(lastOf(app, 'EXPOSE'));
    expect(environmentOf(app, 'HOST')).toBe('0.0.0.0');
    // The port of metrics is for the container's networks, and is not one for users.
    expect(environmentOf(app, 'OPERATIONS_PORT')).toBe('9000');
    expect(environmentOf(app, 'OPERATIONS_HOST')).toBe('0.0.0.0');
    expect(environmentOf(app, 'DATA_DIR')).toBe(lastOf(app, 'VOLUME'));
    expect(lastOf(app, 'HEALTHCHECK')).toMatch(/CMD \["node", "health-check\.js"\]$/);
    expect(text('docker/health-check.js')).toContain('env.OPERATIONS_PORT}/health/ready');
  });

  test.each(apps)('%s has its dependencies, and no build tools', (app) => {
    const copied = instructionsOf(app).filter(({ keyword }) => keyword === 'COPY');
    expect(copied.map(({ argument }) => argument)).toEqual([
      '--from=packages /app/node_modules node_modules',
      '--from=build /app/dist dist',
      'package.json docker/health-check.js ./',
    ]);
    expect(lastOf('packages', 'RUN')).toBe('npm ci --omit=dev --ignore-scripts');
  });

  test('the base image has a full version', () => {
    const bases = stages().flatMap(({ from }) =>
      stages().some(({ name }) => name === from) ? [] : [from],
    );
    expect(bases).toHaveLength(1);
    expect(bases[0]).toMatch(/^node:20\.\d+\.\d+-bookworm-slim$/);
  });

  test('the build context has what it copies, and nothing else', () => {
    const copied = stages()
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword, argument }) => keyword === 'COPY' && !argument.startsWith('--from'))
      .flatMap(({ argument }) => argument.split(' ').slice(0, -1));
    const given = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(given.sort()).toEqual([...new Set(copied)].sort());
    expect(given.filter((path) => !exists(path))).toEqual([]);
  });
});
