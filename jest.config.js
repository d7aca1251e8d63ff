import { nodeProjects, otherProjects, run } from './jest.projects.js';

/** `npm test`: every suite that needs nothing but Node. */
export default run(nodeProjects, { command: 'npm run test:all', projects: otherProjects });
