/** How a command ends at a terminal: its lines, its exit code, and what keeps it from starting in words and without a stack. */
import type { Outcome } from './control.ts'
import { StartError } from './start-error.ts'

/** `run` is given the words of the command line; false: it failed, and has said why. */
export async function atCommandLine(run: (words: readonly string[]) => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    for (const line of error.lines) console.error(line)
    process.exitCode = 1
  }
}

/** Whether it was done. */
export function sayOutcome({ lines, failed }: Outcome): boolean {
  for (const line of lines) console.log(line)
  return !failed
}
