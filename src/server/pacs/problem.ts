/** What a question to the PACS ends in when it is not answered; thrown within this closet and nowhere beyond it. */
import type { PacsFailure } from '../../protocol/pacs.ts'

/** `ofForm`: it may be about the form in which images were asked for, so that another may do. */
export class PacsProblem extends Error {
  readonly why: PacsFailure
  readonly ofForm: boolean

  constructor(why: PacsFailure, about: 'all' | 'form' = 'all') {
    super(why)
    this.why = why
    this.ofForm = about === 'form'
  }
}

export function problemOf(error: unknown): PacsProblem {
  if (error instanceof PacsProblem) return error
  throw error
}
