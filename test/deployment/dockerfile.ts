import { text } from './files.js';

/** One stage of the Dockerfile. */
export interface Stage {
  readonly name: string;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  readonly keyword: string;
  readonly argument: string;
}

/** The stages of docker/Dockerfile, in their order. */
export function stages(): readonly Stage[] {
  const lines = text('docker/Dockerfile')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const found: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, keyword = '', argument = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    const [, from, name] = keyword === 'FROM' ? (/^(\S+) AS (\S+)$/.exec(argument) ?? []) : [];
    if (from !== undefined && name !== undefined) found.push({ name, from, instructions: [] });
    else found.at(-1)?.instructions.push({ keyword, argument });
  }
  return found;
}

/** The effective instructions of a stage: its own, after those of its base stages. */
export function instructionsOf(name: string): readonly Instruction[] {
  const stage = stages().find((each) => each.name === name);
  return stage === undefined ? [] : [...instructionsOf(stage.from), ...stage.instructions];
}

/** The last instruction of a kind, which is effective in the image. */
export const lastOf = (stage: string, keyword: string): string | undefined =>
  instructionsOf(stage).findLast((instruction) => instruction.keyword === keyword)?.argument;

/** An environment variable set in an image. */
export const environmentOf = (stage: string, name: string): string | undefined =>
  instructionsOf(stage)
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ argument }) => argument.split(/\s+/))
    .findLast((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
