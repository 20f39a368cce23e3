/** A reason to stop that the person who started us can do something about; shown without a stack. */
export class SayToPerson extends Error {
  constructor(
    readonly indonesian: string,
    readonly english: string,
    options?: ErrorOptions,
  ) {
    super(english, options);
    this.name = 'SayToPerson';
  }
}

/** Plain lines for the person at the terminal; the log is for machines. */
export function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
