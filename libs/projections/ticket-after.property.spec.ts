import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storyTurns, tellStory } from './testing/random-stories.js';
import { project } from './testing/story.js';
import { tickets } from './tickets.js';

it('derives from facets the ticket that the domain folds from events', async () => {
  const states = new Set<string>();
  await fc.assert(
    fc.asyncProperty(storyTurns, async (turns) => {
      const story = await tellStory(turns);
      for (const [id, { ticket }] of project(tickets, await story.events())) {
        expect(ticket).toStrictEqual(story.ticketNow(id.replace(/^ticket-/, '')));
        states.add(ticket.state);
      }
    }),
    { numRuns: 200 },
  );
  expect(states.size).toBe(7);
});
