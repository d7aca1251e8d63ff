import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Accepted, OwnerItem, ServiceItem } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { namesBut } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { creation, raise } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const put = (path: string, body: unknown) => desk.as('anna').put<Accepted>(path, body);
const engineer = (changes = {}) => ({
  displayName: 'Edda',
  email: 'edda@operator.example',
  ...changes,
});

describe('PUT /services/{id}', () => {
  it('registers, changes, deactivates and activates a service, each with an event', async () => {
    const path = '/services/backup';
    const steps: [object, ...string[]][] = [
      [{ name: 'Backup' }, 'ServiceRegistered'],
      [{ name: 'Backup' }],
      [{ name: 'Backups', issueTypes: ['restore'] }, 'ServiceChanged'],
      [{ name: 'Backups', issueTypes: ['restore'], active: false }, 'ServiceDeactivated'],
      [{ name: 'Backups', issueTypes: ['restore'], active: false }],
      [{ name: 'Backups', issueTypes: ['restore'] }, 'ServiceChanged'],
      [{ name: 'Copies', active: false }, 'ServiceChanged', 'ServiceDeactivated'],
    ];
    let revision = -1;
    for (const [body, ...events] of steps) {
      revision += events.length;
      const answer = await put(path, body);
      expect(answer).toMatchObject({ status: 200, headers: { etag: `"${revision}"` } });
      expect(answer.body).toEqual({
        serviceId: 'backup',
        revision,
        position: expect.stringMatching(/^\d+$/),
        events,
      });
      const { name, issueTypes = [], active = true } = body as Partial<ServiceItem>;
      const shown = await desk
        .as('bob')
        .get<ServiceItem>(`${path}?minPosition=${answer.body.position}`);
      expect(shown.body).toMatchObject({ serviceId: 'backup', name, issueTypes, active });
    }
  });

  it('determines which services a creation may use', async () => {
    const create = (changes: object) =>
      desk.as('alice').post('/tickets', creation({ serviceId: 'scans', ...changes }));
    expectProblem(await create({}), 'unknown_service');
    await put('/services/scans', { name: 'Scans', issueTypes: ['port'] });
    expectProblem(await create({}), 'invalid_request');
    expect((await create({ issueType: 'port' })).status).toBe(201);
    await put('/services/scans', { name: 'Scans', active: false });
    expectProblem(await create({}), 'inactive_service');
    await put('/services/scans', { name: 'Scans' });
    expect((await create({})).status).toBe(201);
  });

  it.each(['Backup', 'two words', '-a', 'a--b', 'a'.repeat(65), 'a%2Fb', '%00', 'é'])(
    'refuses an id that is not a slug: %s',
    async (id) => {
      const path = `/services/${encodeURI(id).replaceAll('%25', '%')}`;
      expectProblem(await put(path, { name: 'X' }), 'invalid_request');
    },
  );

  it.each<[string, object]>([
    ['/name', {}],
    ['/name', { name: '' }],
    ['/name', { name: ' ' }],
    ['/name', { name: 'x'.repeat(201) }],
    ['/issueTypes', { name: 'X', issueTypes: 'port' }],
    ['/issueTypes/0', { name: 'X', issueTypes: [''] }],
    ['/issueTypes', { name: 'X', issueTypes: ['a', 'a'] }],
    ['/issueTypes/0', { name: 'X', issueTypes: ['\ud800'] }],
    ['/active', { name: 'X', active: 'no' }],
  ])('names %s if it is invalid', async (pointer, body) => {
    const problem = expectProblem(await put('/services/new', body), 'invalid_request');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('is for administrators only', async () => {
    for (const name of namesBut('anna')) {
      expectProblem(await desk.as(name).put('/services/vpn', { name: 'X' }), 'forbidden');
    }
  });
});

describe('PUT /engineers/{id}', () => {
  it('registers, changes, deactivates and activates an engineer, each with an event', async () => {
    const steps: [object, ...string[]][] = [
      [engineer(), 'EngineerRegistered'],
      [engineer()],
      [engineer({ displayName: 'Edda E.' }), 'EngineerChanged'],
      [engineer({ displayName: 'Edda E.', active: false }), 'EngineerDeactivated'],
      [engineer({ displayName: 'Edda', active: true }), 'EngineerChanged'],
    ];
    let revision = -1;
    for (const [body, ...events] of steps) {
      revision += events.length;
      const answer = await put('/engineers/edda', body);
      expect(answer).toMatchObject({ status: 200, headers: { etag: `"${revision}"` } });
      expect(answer.body).toMatchObject({ engineerId: 'edda', revision, events });
      const shown = await desk
        .as('rita')
        .get<OwnerItem>(`/owners/edda?minPosition=${answer.body.position}`);
      expect(shown.body).toMatchObject({ engineerId: 'edda', active: true, ...body });
    }
  });

  it('determines who may get tickets', async () => {
    await desk.putEngineer('erik');
    const forward = async () =>
      desk.as('lena').command((await raise(desk)).ticketId, 'forward', { engineerId: 'erik' });
    expect((await forward()).status).toBe(200);
    await desk.putEngineer('erik', false);
    expectProblem(await forward(), 'unknown_engineer');
    const owners = { engineerIds: ['bob', 'erik'] };
    expectProblem(await put('/services/vpn/owners', owners), 'unknown_engineer');
  });

  it.each<[string, object]>([
    ['/displayName', engineer({ displayName: undefined })],
    ['/displayName', engineer({ displayName: ' ' })],
    ['/email', engineer({ email: undefined })],
    ['/email', engineer({ email: 'edda' })],
    ['/email', engineer({ email: `${'e'.repeat(250)}@x.example` })],
    ['/active', engineer({ active: null })],
  ])('names %s if it is invalid', async (pointer, body) => {
    const problem = expectProblem(await put('/engineers/new', body), 'invalid_request');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it.each(['%00', 'e'.repeat(129), '%E2%80%8B'])('refuses the id %s', async (id) => {
    expectProblem(await put(`/engineers/${id}`, engineer()), 'invalid_request');
  });

  it('is for administrators only', async () => {
    for (const name of namesBut('anna')) {
      expectProblem(await desk.as(name).put('/engineers/bob', engineer()), 'forbidden');
    }
  });
});

describe('PUT /services/{id}/owners', () => {
  it('replaces the list, for an administrator and for a lead', async () => {
    await desk.putService('owned');
    for (const [name, engineerIds] of [
      ['anna', ['bob', 'carol']],
      ['lena', ['carol']],
      ['lena', ['dave', 'bob']],
    ] as const) {
      const answer = await desk.as(name).put<Accepted>('/services/owned/owners', { engineerIds });
      expect(answer).toMatchObject({ status: 200, body: { events: ['ServiceOwnersConfigured'] } });
      const at = `?minPosition=${answer.body.position}`;
      const shown = await desk.as(name).get<ServiceItem>(`/services/owned${at}`);
      expect(shown.body.owners).toEqual(engineerIds);
      for (const id of ['bob', 'carol', 'dave'] as const) {
        const owner = await desk.as('rita').get<OwnerItem>(`/owners/${id}${at}`);
        const owns = owner.body.services.includes('owned');
        expect({ id, owns }).toEqual({ id, owns: engineerIds.some((one) => one === id) });
      }
    }
  });

  it('appends nothing if the list stays the same', async () => {
    const engineerIds = ['bob'];
    const answer = await put('/services/mail/owners', { engineerIds });
    expect(answer).toMatchObject({ status: 200, body: { events: [] } });
  });

  it.each<[string, object, string]>([
    ['invalid_request', { engineerIds: [] }, '/engineerIds'],
    ['invalid_request', {}, '/engineerIds'],
    ['invalid_request', { engineerIds: 'bob' }, '/engineerIds'],
    ['invalid_request', { engineerIds: [7] }, '/engineerIds/0'],
    ['invalid_request', { engineerIds: ['\ud800'] }, '/engineerIds/0'],
    ['unknown_engineer', { engineerIds: ['bob', 'nobody'] }, '/engineerIds/1'],
    ['unknown_engineer', { engineerIds: ['gus'] }, '/engineerIds/0'],
  ])('answers %s for %j', async (code, body, pointer) => {
    const problem = expectProblem(await put('/services/vpn/owners', body), code);
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('is not found if the service does not exist', async () => {
    expectProblem(await put('/services/none/owners', { engineerIds: ['bob'] }), 'not_found');
  });

  it('is for administrators and leads only', async () => {
    for (const name of namesBut('anna', 'lena')) {
      const answer = await desk.as(name).put('/services/vpn/owners', { engineerIds: ['bob'] });
      expectProblem(answer, 'forbidden');
    }
  });

  it('keeps the owners of dispatched tickets', async () => {
    const { ticketId } = await raise(desk, { serviceId: 'owned' });
    await desk.putOwners('owned', 'carol');
    expect((await desk.as('dave').command(ticketId, 'handle')).status).toBe(200);
  });
});
