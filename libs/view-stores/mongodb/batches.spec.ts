import { describe } from '@jest/globals';
import { projectsInBatches } from '../contract/batches.contract.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';

describe.each(['replica set', 'standalone'] as const)('projecting to a MongoDB %s', (kind) => {
  const { newPlace } = mongodbPlaces(kind);
  projectsInBatches(() => newPlace().open(), 5);
});
