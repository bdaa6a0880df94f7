/** The languages that somebody may be spoken to in. */
import * as v from 'valibot'

/** As `core/languages.ts` has them, which a bed's start takes in without valibot. */
export const language = v.picklist(['en', 'fi', 'sv', 'nl', 'it'])
