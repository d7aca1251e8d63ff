import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { features, streamsService } from './messages.js';
import type { NodeSettings } from './node.js';

/** The prefix of EventStoreDB's method names. */
const FEATURES: Readonly<Record<string, readonly string[]>> = { Read: ['position', 'events'] };

/** The supported methods, by which clients choose theirs. */
export function supportedMethods(settings: NodeSettings): SupportedMethods {
  const methods = Object.values(streamsService.StreamsService)
    .map(({ path }) => path.split('/').slice(1) as [string, string])
    .filter(([, method]) => method !== 'BatchAppend' || settings.batchAppend)
    .map(([service, method]) =>
      new features.SupportedMethod()
        .setServiceName(service.toLowerCase())
        .setMethodName(method.toLowerCase())
        .setFeaturesList([...(FEATURES[method] ?? [])]),
    );
  return new features.SupportedMethods()
    .setEventStoreServerVersion(settings.version)
    .setMethodsList(methods);
}
