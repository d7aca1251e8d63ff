import { nodeProjects, otherProjects, run } from './jest.projects.js';

/** `npm run test:all`: the suites that `npm test` does not have. The MongoDB server is slow. */
export default run(otherProjects, { command: 'npm test', projects: nodeProjects }, 240_000);
