import { Command } from 'commander';
import { signToken } from '#platform/authentication/sign-token.js';
import { readConfiguration } from '#platform/configuration.js';
import { complain, escapeMessages, print } from './output.js';

interface TokenOptions {
  readonly sub: string;
  readonly role: string[];
  readonly tenant?: string;
  readonly name?: string;
  readonly ttl: string;
}

/** `npm run --silent token -- --sub alice --role engineer`: prints a token and nothing else. */
const program = escapeMessages(new Command('token'))
  .description('Prints a bearer token signed with the local development key.')
  .requiredOption('--sub <id>', 'the actor')
  .requiredOption('--role <role...>', 'a role; may repeat', collect, [])
  .option('--tenant <organisation>', "the customer's organisation")
  .option('--name <name>', 'what people call the actor')
  .option('--ttl <time>', 'lifetime: 30m, 1h, 2 days', '1h')
  .action(async ({ role: roles, ...claims }: TokenOptions) => {
    const { dataFolder } = readConfiguration(process.env);
    print(`${await signToken(dataFolder, { ...claims, roles })}\n`);
  });

function collect(role: string, roles: string[]): string[] {
  return [...roles, role];
}

program.parseAsync().catch((error: unknown) => {
  complain(`${(error as Error).message}\n`);
  process.exit(2);
});
