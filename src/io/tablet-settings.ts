/**
 * What this tablet is set to, in the same places as its key, sealed for the stay it is of. A part of the bed's own, fetched
 * with its first screen, which waits for it: that screen speaks the patient's language.
 */
import * as v from 'valibot'
import { languages } from '../core/languages.ts'
import { loudnesses } from '../core/loudness.ts'
import { carer } from '../protocol/care.ts'
import { wishes } from '../protocol/wishes.ts'
import type { BedSettings } from '../state/ports.ts'
import { type Sealed, sealForStay, unseal } from './stay-seal.ts'
import { type KeptSettings, main, type Place, parse, type Shell, spare } from './vault.ts'

const keptCurtain = v.variant('type', [
  v.object({ type: v.literal('drawn'), leftMs: v.number(), untilServerMs: v.nullable(v.number()) }),
  v.object({ type: v.literal('returning') }),
])
const settingsSchema = v.object({
  started: v.boolean(),
  stayEpoch: v.optional(v.nullable(v.number()), null),
  choice: v.optional(v.picklist(['agreed', 'ring']), 'agreed'),
  language: v.optional(v.nullable(v.picklist(languages)), null),
  loudness: v.optional(v.nullable(v.picklist(loudnesses)), null),
  wishes: v.optional(v.nullable(wishes), null),
  zone: v.optional(v.nullable(v.string()), null),
  carers: v.optional(v.array(carer), []),
  privacy: v.optional(v.nullable(keptCurtain), null),
  astray: v.optional(v.boolean(), false),
})
const notedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ stayEpoch: v.nullable(v.number()), privacy: v.nullable(keptCurtain) }),
)
export const settingsKey = 'bedside.settings'

function isSealed(kept: KeptSettings): kept is Shell & Sealed {
  return 'bytes' in kept && kept.bytes !== undefined
}

async function settingsIn(place: Place): Promise<KeptSettings | undefined> {
  const kept = await (await place())?.get('settings', 'bed')
  return kept && 'started' in kept ? kept : undefined
}

/** Null: another stay's key, or none; an older tablet kept them open. */
async function openSettings(kept: KeptSettings | undefined): Promise<BedSettings | null> {
  if (!kept) return null
  const { started, stayEpoch } = kept
  const inside = isSealed(kept) ? await unseal(kept) : kept
  const read = v.safeParse(settingsSchema, { ...Object(inside), started, stayEpoch })
  return read.success && inside !== undefined ? read.output : null
}

/** Of the main place, of the spare one, or what a browser that has lost both still knows. */
export async function readSettings(): Promise<BedSettings | null> {
  for (const place of [main, spare]) {
    const open = await settingsIn(place)
      .then(openSettings)
      .catch(() => null)
    if (open) return open
  }
  return parse(settingsSchema, settingsKey)
}

/** [PRIV-4] The curtain as it was noted last, where that was of this stay and was not kept any more. */
export function withNoted(settings: BedSettings, note: string | null): BedSettings {
  const noted = v.safeParse(notedSchema, note)
  const isOfStay = noted.success && noted.output.stayEpoch === settings.stayEpoch
  return isOfStay ? { ...settings, privacy: noted.output.privacy } : settings
}

/** With the first settings of another stay the key of the one before is gone, in both places, or this throws. */
export async function writeSettings(settings: BedSettings): Promise<void> {
  const { started, stayEpoch, ...own } = settings
  localStorage.setItem(settingsKey, JSON.stringify({ started, stayEpoch }))
  const before = await settingsIn(main)
  const key = before && isSealed(before) ? before : undefined
  const kept = { started, ...(await sealForStay(stayEpoch, own, key)) }
  for (const place of [main, spare]) {
    // A place that cannot be opened cannot be read either.
    const database = await place().catch(() => null)
    const writing = database?.transaction('settings', 'readwrite', { durability: 'strict' })
    if (writing) await Promise.all([writing.store.put(kept, 'bed'), writing.done])
    else if (place === main) throw new Error('no store')
  }
}
