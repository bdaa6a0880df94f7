/** What opening a scan ends in: a value, or a failure by name. Nothing is thrown across this boundary. */

/**
 * Why a file shows nothing. `detail` names what was met, for the sentence on the screen and the log: a transfer syntax,
 * an attribute, never a patient. Names that standards give are the same in all languages; for its other words the screen has
 * its own (`ui/words-scan.ts`).
 */
export type ScanFailure = {
  readonly failure:
    | 'not-dicom'
    | 'truncated'
    | 'corrupt'
    | 'too-large'
    | 'no-pixels'
    | 'no-such-frame'
    | 'unsupported-syntax'
    | 'unsupported-pixels'
    /** Not the file's fault: what decodes it could not be loaded, or had no memory. */
    | 'no-codec'
    /** Nor the file's: it was closed, or newer pictures were asked for before this one was looked at. */
    | 'overtaken'
  readonly detail: string
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & ScanFailure)

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const fail = (failure: ScanFailure['failure'], detail: string): { ok: false } & ScanFailure => ({
  ok: false,
  failure,
  detail,
})
