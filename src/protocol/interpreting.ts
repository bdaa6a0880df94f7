/** Who interprets for a ward, by language: people of the house, and the number of the service it has a contract with. */
import * as v from 'valibot'
import { staffParty } from './people.ts'
import { id } from './primitives.ts'

/** No ward keeps more languages, or names more people for one. */
export const mostLanguages = 64
export const mostInterpreters = 64

/** The one way to write this tag (RFC 5646 §4.5); null where it is none. */
function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** BCP 47: `so`, `fa-AF`, `fse` for Finnish Sign Language. */
export const languageTag = v.pipe(
  v.string(),
  v.maxLength(35),
  v.check((tag) => canonical(tag) !== null),
  v.transform((tag) => canonical(tag) ?? tag),
)

/** As somebody dials it, an extension of the house too. */
export const phoneNumber = v.pipe(v.string(), v.regex(/^\+?[0-9][0-9 ()./-]{1,30}$/))

const ofLanguage = {
  language: languageTag,
  /** Of the contracted service; null: there is none. */
  phone: v.nullable(phoneNumber),
  staffIds: v.pipe(v.array(id), v.maxLength(mostInterpreters)),
}

export const interpreting = v.strictObject(ofLanguage)
export type Interpreting = v.InferOutput<typeof interpreting>

/** Sets one language of the ward: nobody and no number would help no one. */
export const interpretingRequest = v.pipe(
  v.strictObject(ofLanguage),
  v.check(({ phone, staffIds }) => phone !== null || staffIds.length > 0),
)
export const dropInterpretingRequest = v.strictObject({ language: languageTag })

/** Somebody who may be asked to come to a table. `isHere`: at a screen that is connected. `isBusy`: in a call, or rung. */
export const tablePerson = v.strictObject({ party: staffParty, isHere: v.boolean(), isBusy: v.boolean() })
export type TablePerson = v.InferOutput<typeof tablePerson>

/** `GET /table/people`: those who are here first, then by name. */
export const tablePeople = v.strictObject({
  colleagues: v.array(tablePerson),
  interpreters: v.array(
    v.strictObject({
      language: languageTag,
      phone: ofLanguage.phone,
      people: v.array(tablePerson),
    }),
  ),
})
export type TablePeople = v.InferOutput<typeof tablePeople>
export type InterpretersOf = TablePeople['interpreters'][number]
