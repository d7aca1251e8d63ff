import { readConfiguration, type Configuration } from '#platform/configuration.js';

type Environment = Readonly<Record<string, string>>;

/**
 * The settings that an app reads, and the names of those that nothing reads: neither the app nor
 * OpenTelemetry.
 *
 * @throws WrongConfiguration if the app would not start with them.
 */
export function readBy(
  app: string,
  environment: Environment,
): { readonly configuration: Configuration; readonly unknown: readonly string[] } {
  const asked = new Set<string | symbol>();
  const asking = new Proxy(environment, {
    get: (values, name) => {
      asked.add(name);
      return Reflect.get(values, name) as unknown;
    },
  });
  return {
    configuration: readConfiguration(asking, app === 'worker' ? 'probes' : 'users'),
    unknown: Object.keys(environment).filter(
      (name) => !asked.has(name) && !name.startsWith('OTEL_'),
    ),
  };
}
