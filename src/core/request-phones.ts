/** Whose telephones are told of a request, beside the stations that sound for it (ASK-11). */
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
