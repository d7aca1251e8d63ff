import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routesOf, tooLong } from './held-loops.js';
import { separateProcesses, type Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await separateProcesses();
}, 600_000);
afterAll(() => stage.close());

it('commands and queries with the largest data never hold a loop for longer than 20 ms', async () => {
  const routes = (await Promise.all(stage.services.map(routesOf))).flat();
  const known = new Set(stage.requests.map(({ route }) => route));
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
  expect(await tooLong(stage)).toEqual([]);
}, 600_000);
