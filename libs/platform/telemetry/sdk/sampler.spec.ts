import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { describe, expect, it } from '@jest/globals';
import { LightTracer } from './light-spans.js';
import { samplerFor } from './sampler.js';

/** A trace id that a ratio of one half does not sample, and one that it does. */
const HIGH = 'ffffffff000000000000000000000001';
const LOW = '00000001000000000000000000000000';

type Environment = Readonly<Record<string, string>>;

function sampledBy(environment: Environment) {
  const warnings: string[] = [];
  const sampler = samplerFor(environment, (message) => warnings.push(message));
  const tracer = new LightTracer({
    sampler,
    resource: resourceFromAttributes({}),
    processor: { onEnd: () => undefined },
  });
  const child = (flags: string) =>
    tracer.start('x', 'server', `00-${LOW}-b7ad6b7169203331-${flags}`).sampled;
  const root = (traceId: string) =>
    sampler.shouldSample(ROOT_CONTEXT, traceId, 'x', SpanKind.INTERNAL, {}, []);
  return {
    roots: [LOW, HIGH].map(
      (traceId) => root(traceId).decision === SamplingDecision.RECORD_AND_SAMPLED,
    ),
    children: [child('01'), child('00')],
    warnings,
  };
}

describe('the sampler', () => {
  it.each<readonly [Environment, readonly boolean[], readonly boolean[]]>([
    [{}, [true, true], [true, false]],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_always_on' }, [true, true], [true, false]],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, [false, false], [true, false]],
    [{ OTEL_TRACES_SAMPLER: 'always_on' }, [true, true], [true, true]],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, [false, false], [false, false]],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' },
      [true, false],
      [true, true],
    ],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' },
      [true, false],
      [true, false],
    ],
  ])('%j decides which traces are sampled', (environment, roots, children) => {
    expect(sampledBy(environment)).toEqual({ roots, children, warnings: [] });
  });

  it.each<readonly [Environment, RegExp]>([
    [{ OTEL_TRACES_SAMPLER: 'sometimes' }, /OTEL_TRACES_SAMPLER is sometimes/],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio' }, /OTEL_TRACES_SAMPLER_ARG/],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
      /OTEL_TRACES_SAMPLER_ARG/,
    ],
  ])('with %j samples every trace and warns', (environment, warning) => {
    const { roots, warnings } = sampledBy(environment);
    expect(roots).toEqual([true, true]);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });
});
