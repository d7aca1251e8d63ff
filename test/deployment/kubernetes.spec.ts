import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readBy } from './accepted-settings.js';
import { environmentOf, lastOf } from './dockerfile.js';
import { version, yaml, yamls } from './files.js';
import type { Kustomization, Manifest, Probe } from './manifests.js';

const BASE = 'docker/kubernetes/base';
const OVERLAY = 'docker/kubernetes/overlays/production';
const APPS = ['command-api', 'query-api', 'worker'];
const APIS = ['command-api', 'query-api'];
/** The maximum time that an app takes to stop. */
const STOP_SECONDS = 20;

const base = yaml(`${BASE}/kustomization.yaml`) as Kustomization;
const overlay = yaml(`${OVERLAY}/kustomization.yaml`) as Kustomization;
const manifests = base.resources.flatMap((file) => yamls(`${BASE}/${file}`)) as readonly Manifest[];

function the(kind: string, name: string): Manifest {
  const found = manifests.filter((each) => each.kind === kind && each.metadata.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} ${kind}s ${name}`);
  return first;
}

const podOf = (app: string) => the('Deployment', app).spec.template.spec;

function containerOf(app: string) {
  const [container, ...more] = podOf(app).containers;
  if (container === undefined || more.length > 0) throw new Error(`${app}: not one container`);
  return container;
}

const literals = ({ configMapGenerator }: Kustomization) =>
  Object.fromEntries(
    configMapGenerator.flatMap(({ literals }) =>
      literals.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
  ) as Record<string, string>;

/** The contents of the manually created secret. */
const STORES = {
  EVENTSTORE_URL: 'esdb://user:secret@eventstore.example:2113?tlsCAFile=/certificates/ca.crt',
  MONGODB_URL: 'mongodb://user:secret@mongodb.example:27017/service-tickets?replicaSet=tickets',
};

test('every file of the base is used', () => {
  const files = readdirSync(new URL(`../../../${BASE}`, import.meta.url));
  expect(files.sort()).toEqual([...base.resources, 'kustomization.yaml'].sort());
});

test('the repository contains no secret', () => {
  expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  for (const each of [base, overlay]) expect(each).not.toHaveProperty('secretGenerator');
});

describe.each(APPS)('%s', (app) => {
  const deployment = the('Deployment', app);
  const labels = { 'app.kubernetes.io/name': app };

  test('has minimal privileges', () => {
    const pod = podOf(app);
    const container = containerOf(app);
    const [uid] = (lastOf(app, 'USER') ?? '').split(':').map(Number);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: uid,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(the('ServiceAccount', pod.serviceAccountName).automountServiceAccountToken).toBe(false);
  });

  test('has known and valid settings', () => {
    const own = containerOf(app).env.map(({ name, value }) => [name, value] as const);
    const environment = {
      ...literals(base),
      ...literals(overlay),
      ...STORES,
      ...Object.fromEntries(own),
    };
    expect(containerOf(app).envFrom).toEqual([
      { configMapRef: { name: 'settings' } },
      { secretRef: { name: 'stores' } },
    ]);
    const { configuration, unknown } = readBy(app, environment);
    expect(unknown).toEqual([]);
    expect(configuration).toMatchObject({
      host: '0.0.0.0',
      port: containerOf(app).ports[0]?.containerPort,
      operations: { host: '0.0.0.0', port: containerOf(app).ports[1]?.containerPort },
      // The volume belongs to root and is open to a group: the service needs a folder of its own.
      dataFolder: `${environmentOf(app, 'DATA_DIR')}/service`,
      eventStoreUrl: STORES.EVENTSTORE_URL,
      mongodbUrl: STORES.MONGODB_URL,
      authentication: { kind: 'remote' },
    });
  });

  test('can write to its folders', () => {
    const places = new Map(containerOf(app).volumeMounts.map((one) => [one.mountPath, one]));
    for (const path of ['/tmp', environmentOf(app, 'DATA_DIR') ?? '']) {
      const volume = podOf(app).volumes.find(({ name }) => name === places.get(path)?.name);
      expect(volume?.emptyDir?.sizeLimit).toMatch(/^\d+[MG]i$/);
    }
  });

  test('has probes on its port', () => {
    const { startupProbe, livenessProbe, readinessProbe, ports } = containerOf(app);
    const where = ({ httpGet }: Probe) => httpGet;
    const operations = environmentOf(app, 'OPERATIONS_PORT');
    expect(ports).toEqual([
      { name: 'http', containerPort: Number(environmentOf(app, 'PORT')) },
      { name: 'operations', containerPort: Number(operations) },
    ]);
    expect(where(startupProbe)).toEqual({ path: '/health/live', port: 'http' });
    expect(where(livenessProbe)).toEqual({ path: '/health/live', port: 'http' });
    expect(where(readinessProbe)).toEqual({ path: '/health/ready', port: 'http' });
    expect(deployment.spec.template.metadata.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': operations,
      'prometheus.io/path': '/metrics',
    });
  });

  test('has enough time to stop', () => {
    const before = containerOf(app).lifecycle.preStop.sleep.seconds;
    expect(podOf(app).terminationGracePeriodSeconds).toBeGreaterThan(before + STOP_SECONDS);
  });

  test('has resource limits', () => {
    const { requests, limits } = containerOf(app).resources;
    expect(Object.keys(requests).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    expect(Object.keys(limits).sort()).toEqual(['ephemeral-storage', 'memory']);
  });

  test('has several replicas on different nodes, which are disrupted one by one', () => {
    const scaler = manifests.find(
      ({ kind, spec }) => kind === 'HorizontalPodAutoscaler' && spec.scaleTargetRef?.name === app,
    );
    // If an autoscaler sets the number of replicas, the manifest must not.
    expect(deployment.spec.replicas === undefined).toBe(scaler !== undefined);
    expect(scaler === undefined).toBe(!APIS.includes(app));
    expect(deployment.spec.replicas ?? scaler?.spec.minReplicas).toBeGreaterThanOrEqual(2);
    expect(the('PodDisruptionBudget', app).spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: labels },
    });
    const spread = podOf(app).topologySpreadConstraints;
    expect(spread.map(({ topologyKey }) => topologyKey)).toEqual([
      'kubernetes.io/hostname',
      'topology.kubernetes.io/zone',
    ]);
    for (const { labelSelector } of spread) expect(labelSelector.matchLabels).toEqual(labels);
  });

  test('matches its selectors', () => {
    expect(deployment.spec.selector).toEqual({ matchLabels: labels });
    expect(deployment.spec.template.metadata.labels).toEqual(labels);
    if (APIS.includes(app)) {
      expect(the('Service', app).spec).toMatchObject({
        selector: labels,
        ports: [{ targetPort: 'http' }],
      });
    }
  });

  test('has a fixed version', () => {
    expect(containerOf(app).image).toBe(`service-tickets/${app}`);
    expect(overlay.images.find(({ name }) => name === containerOf(app).image)).toMatchObject({
      newTag: version,
    });
  });
});

describe('the network', () => {
  test('is closed by default', () => {
    expect(the('NetworkPolicy', 'nothing-else').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test('is open to callers only for the APIs', () => {
    const { podSelector, ingress = [] } = the('NetworkPolicy', 'callers').spec;
    expect(podSelector).toEqual({
      matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: APIS }],
    });
    expect(ingress.every(({ from }) => from.length > 0)).toBe(true);
  });

  test('has the port of metrics for monitoring, and that of the APIs for callers', () => {
    const portsOf = (name: string) =>
      the('NetworkPolicy', name).spec.ingress?.flatMap(({ ports }) =>
        ports.map(({ port }) => port),
      );
    expect(portsOf('monitoring')).toEqual(['operations']);
    expect(portsOf('callers')).toEqual(['http']);
  });

  test('is open to the stores and the issuer', () => {
    const { egress = [] } = the('NetworkPolicy', 'stores').spec;
    const ports = egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toEqual(expect.arrayContaining([53, 2113, 27017, 443]));
  });
});
