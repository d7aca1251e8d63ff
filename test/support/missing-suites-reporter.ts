interface MissingSuites {
  /** The command that runs them. */
  readonly command: string;
  readonly projects: readonly {
    readonly displayName: string;
    readonly testMatch: readonly string[];
  }[];
}

/** A Jest reporter that lists, at the end of a run, the suites that were not part of it. */
export default class MissingSuitesReporter {
  constructor(
    _globalConfig: unknown,
    private readonly missing: MissingSuites,
  ) {}

  onRunComplete(): void {
    const { command, projects } = this.missing;
    const lines = projects.map(
      ({ displayName, testMatch }) => `  ${displayName}: ${testMatch.join(' ')}\n`,
    );
    process.stderr.write(`\nNot in this run, but in \`${command}\`:\n${lines.join('')}`);
  }
}
