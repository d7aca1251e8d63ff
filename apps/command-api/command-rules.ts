/** What an operator decides about commands. */
export class CommandRules {
  constructor(
    /** How long a customer has to confirm a resolution, in minutes. */
    readonly confirmationMinutes: number,
  ) {}
}
