/** The samples of `GET /metrics` by their names, such as `name{label="value"}`. */
export async function metricsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The resident memory of a service, in bytes. */
export const memoryOf = async (url: string): Promise<number> =>
  (await metricsOf(url)).get('process_resident_memory_bytes') ?? NaN;
