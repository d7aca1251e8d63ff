import { failuresOf } from './failures.js';
import type { FaultGroup, HealthFault, Watched } from './watched.js';

/**
 * @param open - starts the service
 * @param faults - at most the last one lasts
 */
export const faultGroup = <Service extends Watched>(
  open: () => Promise<Service>,
  faults: readonly HealthFault<Service>[],
): FaultGroup => ({
  names: faults.map(({ name }) => name),
  async run(count, tried) {
    const service = await open();
    try {
      for (const fault of faults.slice(0, count)) {
        const failures = await failuresOf(service, fault);
        tried();
        if (failures.length > 0) return failures;
      }
      return [];
    } finally {
      await service.close();
    }
  },
});
