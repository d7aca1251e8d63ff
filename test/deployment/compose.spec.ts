import { describe, expect, test } from '@jest/globals';
import { readBy } from './accepted-settings.js';
import { composeFile, environmentOf, required, resolved, type Service } from './compose-file.js';
import { environmentOf as imageEnvironment, lastOf } from './dockerfile.js';
import { settings, text, version } from './files.js';

const APPS = ['command-api', 'query-api', 'worker'];
const APIS = ['command-api', 'query-api'];
const STORES = /^(eventstore|mongodb)(-\d)?$/;
const files = ['docker/compose.yaml', 'docker/compose.cluster.yaml'];

const oneOff = ({ restart }: Service) => restart === 'no';
const seconds = (period = '0s') => Number(/^(\d+)s$/.exec(period)?.[1]);

/** The hosts in a connection string. */
const hostsIn = (url: string) =>
  (/^[a-z]+:\/\/(?:[^@]*@)?([^/?]+)/.exec(url)?.[1] ?? '')
    .split(',')
    .map((host) => host.split(':')[0]);

describe.each(files)('%s', (path) => {
  const { services, networks } = composeFile(path);
  const each = Object.entries(services);
  const apps = each.filter(([name]) => APPS.includes(name));
  const stores = each.filter(([name]) => STORES.test(name));

  test('has the three apps and the stores', () => {
    const count = path.includes('cluster') ? 3 : 1;
    expect(apps).toHaveLength(3);
    expect(stores).toHaveLength(2 * count);
  });

  test.each(each)('%s is confined', (_, service) => {
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service.cap_add).toBeUndefined();
    expect(service.privileged).toBeUndefined();
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.tmpfs?.[0]).toMatch(/^\/tmp:/);
  });

  test.each(each)('%s has a fixed version', (_, service) => {
    const tag = resolved(service.image).split(':')[1];
    if (service.build === undefined) expect(tag).toMatch(/^\d+\.\d+\.\d+(-noble)?$/);
    else expect(tag).toBe(version);
  });

  test.each(each)('%s restarts automatically, unless it runs once', (name, service) => {
    expect(service.restart).toBe(
      STORES.test(name) || APPS.includes(name) ? 'unless-stopped' : 'no',
    );
  });

  test.each(each)(
    '%s waits for a condition that its dependency can reach',
    (_, { depends_on = {} }) => {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const other = services[name];
        const ends = other !== undefined && oneOff(other);
        expect(condition).toBe(ends ? 'service_completed_successfully' : 'service_healthy');
        expect(ends || other?.healthcheck !== undefined).toBe(true);
      }
    },
  );

  test('only the APIs are reachable, and only from this machine', () => {
    const open = each.filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(APIS);
    for (const [name, { ports = [] }] of open) {
      const port = imageEnvironment(name, 'PORT');
      expect(ports).toHaveLength(1);
      expect(resolved(ports[0] ?? '')).toMatch(
        new RegExp(`^127\\.0\\.0\\.1:\\d+(-\\d+)?:${port}$`),
      );
    }
  });

  test('ports are unique', () => {
    const taken = each.flatMap(([, { ports = [] }]) =>
      ports.flatMap((port) => {
        const [from = 0, to = from] = (resolved(port).split(':')[1] ?? '').split('-').map(Number);
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      }),
    );
    expect(new Set(taken).size).toBe(taken.length);
  });

  test('the stores are isolated', () => {
    expect(networks['stores']).toEqual({ internal: true });
    for (const [, { networks: joined }] of stores) expect(joined).toEqual(['stores']);
    for (const [, service] of each.filter(([, one]) => oneOff(one))) {
      expect(service.network_mode ?? service.networks?.join()).toMatch(
        /^(none|stores|service:mongodb(-1)?)$/,
      );
    }
  });

  test.each(apps)('%s uses the stage of its name', (name, { build }) => {
    expect(build?.target).toBe(name);
    expect(lastOf(name, 'CMD')).toContain(`dist/apps/${name}/main.js`);
  });

  test.each(apps)('%s has known and valid settings', (name, service) => {
    const environment = environmentOf(service);
    const { configuration, unknown } = readBy(name, environment);
    expect(unknown).toEqual([]);
    expect(configuration).toMatchObject({
      host: '0.0.0.0',
      port: Number(imageEnvironment(name, 'PORT')),
      operations: { host: '0.0.0.0', port: Number(imageEnvironment(name, 'OPERATIONS_PORT')) },
      dataFolder: imageEnvironment(name, 'DATA_DIR'),
      eventStoreUrl: environment['EVENTSTORE_URL'],
      mongodbUrl: environment['MONGODB_URL'],
      authentication: { kind: APIS.includes(name) ? 'remote' : 'local' },
    });
  });

  test.each(apps)('%s uses existing stores', (_, service) => {
    const { EVENTSTORE_URL = '', MONGODB_URL = '' } = environmentOf(service);
    const named = (kind: string) =>
      stores.map(([name]) => name).filter((name) => name.startsWith(kind));
    expect(hostsIn(EVENTSTORE_URL)).toEqual(named('eventstore'));
    expect(hostsIn(MONGODB_URL)).toEqual(named('mongodb'));
    expect(service.networks).toContain('stores');
  });

  test.each(apps)('%s has enough time to stop', (_, { stop_grace_period }) => {
    expect(seconds(stop_grace_period)).toBeGreaterThan(20);
  });

  test.each(apps)('%s signs in as a user of its own, with TLS', (_, service) => {
    const { EVENTSTORE_URL = '', MONGODB_URL = '' } = environmentOf(service);
    for (const url of [EVENTSTORE_URL, MONGODB_URL]) {
      expect(url).toMatch(/^[a-z]+:\/\/tickets:/);
      expect(url).toMatch(/[?&]tls=true&tlsCAFile=\/certificates\/ca\.crt$/);
    }
    expect(service.volumes).toContain('trusted:/certificates:ro');
    expect(service.depends_on).toHaveProperty('eventstore-user');
    expect(service.depends_on).toHaveProperty('mongodb-replica-set');
  });

  test.each(stores)('%s accepts only TLS, with its own certificate', (name, service) => {
    expect(service.environment).not.toHaveProperty('KURRENTDB_INSECURE');
    if (name.startsWith('mongodb')) {
      expect(service.command).toEqual(expect.arrayContaining(['requireTLS', '--keyFile']));
      expect(services['certificates']?.environment?.['MONGODB_SERVERS']?.split(',')).toContain(
        name,
      );
    } else {
      expect(service.environment).toMatchObject({
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_CERTIFICATE_FILE: `/nodes/${name}/node.crt`,
        KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: `/nodes/${name}/node.key`,
      });
      expect(services['certificates']?.command).toContain(name);
    }
  });

  test('only nodes get the keys of nodes, and none gets that of the authority', () => {
    const holders = (folder: string) =>
      each
        .filter(([, { volumes = [] }]) => volumes.some((volume) => volume.split(':')[1] === folder))
        .map(([name]) => name);
    const named = (kind: string) =>
      stores.map(([name]) => name).filter((name) => name.startsWith(kind));
    expect(holders('/authority')).toEqual(['certificates']);
    expect(holders('/nodes')).toEqual(['certificates', ...named('eventstore')]);
    expect(holders('/mongodb')).toEqual(['certificates', ...named('mongodb')]);
  });

  test('it contains no password', () => {
    for (const [, { environment = {} }] of each) {
      for (const [name, value] of Object.entries(environment)) {
        if (name.endsWith('_PASSWORD')) expect(required(value)).toHaveLength(1);
        expect(value.replaceAll(/\$\{[^}]*\}/g, '$')).not.toMatch(/:\/\/[^@/]*:[^$]+@/);
      }
    }
  });

  test('.env.example has the required variables', () => {
    const asked = required(text(path));
    expect(asked).toEqual(
      expect.arrayContaining(['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']),
    );
    expect(Object.keys(settings('docker/.env.example'))).toEqual(
      expect.arrayContaining([...asked]),
    );
  });
});

describe('docker/compose.cluster.yaml', () => {
  const { services } = composeFile('docker/compose.cluster.yaml');
  const nodes = Object.keys(services).filter((name) => /^eventstore-\d$/.test(name));

  test.each(nodes)('%s knows the others', (name) => {
    const others = nodes.filter((other) => other !== name);
    expect(services[name]?.environment).toMatchObject({
      KURRENTDB_CLUSTER_SIZE: String(nodes.length),
      KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
      KURRENTDB_GOSSIP_SEED: others.map((other) => `${other}:2113`).join(),
    });
  });
});

test('the user of the service may write to its two databases', () => {
  const granted = /const roles = \[(.*?)\]/.exec(text('docker/mongodb/initiate.js'))?.[1];
  expect(granted).toBe("'service-tickets', 'service-tickets-policies'");
});

test('both files use the same versions of the stores', () => {
  const images = files.map((path) =>
    Object.values(composeFile(path).services)
      .filter(({ build }) => build === undefined)
      .map(({ image }) => image),
  );
  expect(new Set(images[1])).toEqual(new Set(images[0]));
});

test('the env file of the check sets the variables of .env.example', () => {
  const names = (path: string) => Object.keys(settings(path));
  expect(names('docker/check/settings.env')).toEqual(names('docker/.env.example'));
  expect(Object.values(settings('docker/.env.example')).join('')).toBe('');
});
