import { describe } from '@jest/globals';
import { projectsInBatches } from '../contract/batches.contract.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';

describe('projecting to MongoDB', () => {
  const { newPlace } = mongodbPlaces();
  projectsInBatches(() => newPlace().open(), 5);
});
