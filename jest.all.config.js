import { nodeProjects, otherProjects, run } from './jest.projects.js';

/** `npm run test:all`: the suites that `npm test` does not have. */
export default run(otherProjects, { command: 'npm test', projects: nodeProjects });
