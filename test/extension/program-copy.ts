import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newFolder, removeFolder } from '#test/support/folders.js';
import type { Edit } from './snooze.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = ['apps', 'libs', 'test', 'generated'];
const files = ['package.json', 'tsconfig.json', 'jest.config.js', 'jest.projects.js'];

/** The exit status and the output of a run. */
interface Run {
  readonly code: number;
  readonly output: string;
}

/** A copy of this program that can be changed, compiled and run. */
export class ProgramCopy {
  readonly folder = newFolder();

  constructor() {
    // With the compiled output, the compiler checks only what a change affects.
    for (const name of [...sources, ...files, 'dist']) {
      cpSync(join(root, name), join(this.folder, name), {
        recursive: true,
        preserveTimestamps: true,
      });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** @throws Error if a new file exists, or an anchor does not occur exactly once. */
  apply(edit: Edit): void {
    const path = join(this.folder, edit.file);
    if ('text' in edit) {
      writeFileSync(path, edit.text, { flag: 'wx' });
      return;
    }
    const [before, after, ...more] = readFileSync(path, 'utf8').split(edit.after);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`${edit.file} does not have exactly one occurrence of: ${edit.after}`);
    }
    writeFileSync(path, before + edit.after + edit.insert + after);
  }

  /** The source files that differ from those of this program. */
  changedFiles(): string[] {
    const all = sources.flatMap((source) =>
      readdirSync(join(this.folder, source), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1)),
    );
    return all.filter((file) => {
      const original = join(root, file);
      return (
        !existsSync(original) ||
        !readFileSync(original).equals(readFileSync(join(this.folder, file)))
      );
    });
  }

  /** Runs the compiler, with the settings of this program. */
  compile(): Promise<Run> {
    // Symbolic links are kept, so that the compiler finds the libraries at the same paths.
    const keepLinks = ['--preserve-symlinks', '--preserve-symlinks-main'];
    const compiler = ['node_modules/typescript/bin/tsc', '--preserveSymlinks'];
    return this.run([...keepLinks, ...compiler, '--project', 'tsconfig.json']);
  }

  /** Runs Node in the folder. */
  run(words: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Run> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        words,
        { cwd: this.folder, env: environment, maxBuffer: 10_000_000 },
        (_, output, errors) => {
          resolve({ code: child.exitCode ?? -1, output: output + errors });
        },
      );
    });
  }

  remove(): void {
    removeFolder(this.folder);
  }
}
