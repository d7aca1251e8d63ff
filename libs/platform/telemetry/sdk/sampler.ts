import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-base';

/**
 * Reads OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG as OpenTelemetry's specification defines.
 *
 * @default parentbased_always_on
 */
export function samplerFor(
  environment: Readonly<Record<string, string | undefined>>,
  warn: (message: string) => void,
): Sampler {
  const { OTEL_TRACES_SAMPLER: name = '', OTEL_TRACES_SAMPLER_ARG: argument = '' } = environment;
  const ratio = () => new TraceIdRatioBasedSampler(ratioOf(argument, warn));
  const parentBased = (root: Sampler) => new ParentBasedSampler({ root });
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return ratio();
    case 'parentbased_traceidratio':
      return parentBased(ratio());
    case 'parentbased_always_off':
      return parentBased(new AlwaysOffSampler());
    default:
      if (name !== '' && name !== 'parentbased_always_on') {
        warn(`OTEL_TRACES_SAMPLER is ${name}, which is not a sampler. Every trace is sampled.`);
      }
      return parentBased(new AlwaysOnSampler());
  }
}

function ratioOf(text: string, warn: (message: string) => void): number {
  const ratio = Number(text);
  if (text !== '' && ratio >= 0 && ratio <= 1) return ratio;
  warn('OTEL_TRACES_SAMPLER_ARG is not a ratio from 0 to 1. Every trace is sampled.');
  return 1;
}
