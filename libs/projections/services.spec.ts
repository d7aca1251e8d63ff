import { beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '#event-store/testing/present.js';
import {
  changed,
  deactivated,
  ownersConfigured,
  registered,
  registeredInactive,
} from '#ticketing/testing/services.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import { GapInStream } from './projection.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { services, type ServiceView } from './services.js';

/** These documents do not depend on others. */
const none = () => null;

let story: Story;
beforeEach(() => {
  story = new Story();
});
const viewAfter = async (...events: readonly ServiceEvent[]): Promise<ServiceView> => {
  await story.service('vpn', ...events);
  return present(project(services, await story.events()).get('vpn'));
};

describe('the view of a service', () => {
  it('begins with its registration, without owners', async () => {
    expect(await viewAfter(registered)).toStrictEqual({
      service: {
        state: 'active',
        serviceId: 'vpn',
        name: 'VPN',
        issueTypes: ['login', 'tunnel'],
        owners: [],
      },
      revision: 0,
      position: '0',
      updatedAt: Story.at(0),
    });
  });

  it('has the owners as they were configured last', async () => {
    const view = await viewAfter(
      registered,
      ownersConfigured(['bob'], []),
      ownersConfigured(['carol', 'dave'], ['bob']),
    );
    expect(view.service.owners).toStrictEqual(['carol', 'dave']);
    expect(view).toMatchObject({ revision: 2, updatedAt: Story.at(2) });
  });

  it('has the changes, and keeps its owners', async () => {
    const view = await viewAfter(
      registered,
      ownersConfigured(['bob'], []),
      changed({ name: 'Remote access', issueTypes: [] }),
    );
    expect(view.service).toStrictEqual({
      state: 'active',
      serviceId: 'vpn',
      name: 'Remote access',
      issueTypes: [],
      owners: ['bob'],
    });
  });

  it('is inactive if it was deactivated or registered so, and may be active again', async () => {
    expect((await viewAfter(registeredInactive)).service.state).toBe('inactive');
    expect((await viewAfter(changed({}))).service.state).toBe('active');
    expect((await viewAfter(deactivated)).service.state).toBe('inactive');
  });

  it('is found by its id', async () => {
    expect(fieldsOf(services, await viewAfter(registered))).toStrictEqual({ serviceId: 'vpn' });
  });

  it('ignores an event that it has seen', async () => {
    const view = await viewAfter(registered, deactivated);
    for (const event of await story.events()) {
      expect(services.touches(event)).toStrictEqual(['vpn']);
      expect(services.project(view, event, 'vpn', none)).toBe(view);
    }
  });

  it('stops if an event is missing', async () => {
    await story.service('vpn', registered, deactivated, changed({}));
    const [first, second, third] = await story.events();
    const view = services.project(null, present(first), 'vpn', none);
    expect(() => services.project(view, present(third), 'vpn', none)).toThrow(GapInStream);
    expect(() => services.project(null, present(second), 'vpn', none)).toThrow(GapInStream);
  });
});
