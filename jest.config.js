import { nodeProjects, otherProjects, run } from './jest.projects.js';

/** `npm test`: every suite that needs nothing but Node. A test that starts servers takes long. */
export default run(nodeProjects, { command: 'npm run test:all', projects: otherProjects }, 60_000);
