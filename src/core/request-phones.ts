/** Whose telephones are told of a request, beside the stations that sound for it (ASK-11). */
import type { QuietHours } from '../protocol/wishes.ts'
import { isWithin } from './minutes.ts'
import type { AlarmLevel } from './requests-state.ts'

/** `carers`: who cares for the bed today; `phones`: whose telephones may be told at all. Ids of staff. */
export function whosePhones(
  level: AlarmLevel,
  carers: readonly string[],
  phones: readonly string[],
): readonly string[] {
  const caring = phones.filter((staffId) => carers.includes(staffId))
  return level === 'first' && caring.length > 0 ? caring : phones
}

/**
 * [ASK-11] Whose telephones may be told at this minute of the ward's clock. In their quiet hours they are as if there were none, so that
 * nobody is counted as told who is not (HZ-4). `quiet`: by ids of staff.
 */
export function audible<P extends { readonly staffId: string }>(
  phones: readonly P[],
  quiet: ReadonlyMap<string, QuietHours>,
  minute: number,
): P[] {
  return phones.filter(({ staffId }) => {
    const hours = quiet.get(staffId)
    return hours === undefined || !isWithin(hours, minute)
  })
}
