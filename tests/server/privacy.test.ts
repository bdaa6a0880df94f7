/** What the server makes of a tablet's word that its patient wants to be alone. */
import { expect, test } from 'vitest'
import type { BedReport } from '../../src/protocol/people.ts'
import { openWard } from './ward.ts'

const open: BedReport = { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null }

async function wardInPrivacy() {
  const ward = await openWard()
  const [nurse, bed] = [await ward.station(), await ward.bed('1')]
  const untilMs = Date.now() + 60_000
  bed.say({ type: 'bed.report', report: { ...open, privacyUntilMs: untilMs, cleanEpoch: null } })
  const shown = await nurse.hear('bed.changed', ({ bed }) => bed.report?.privacyUntilMs === untilMs)
  const invite = (callId: string, mode: 'ring' | 'knock') =>
    nurse.say({
      type: 'call.invite',
      callId,
      to: { type: 'bed', bedId: shown.bed.bedId },
      mode,
      stay: shown.bed.stay.epoch,
      expiresAtMs: Date.now() + 5_000,
    })
  return { nurse, bed, invite, shown }
}

test('[PRIV-2] a ring or a knock at a drawn curtain begins nothing, and the caller is told why (HZ-3)', async () => {
  const { nurse, bed, invite } = await wardInPrivacy()
  for (const mode of ['ring', 'knock'] as const) {
    invite(`private-call-0001-${mode}`, mode)
    const { reason, by } = await nurse.hear('call.ended')
    expect([reason, by]).toEqual(['privacy-on', 'server'])
  }
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type.startsWith('call.'))).toEqual([])
})

test('[PRIV-3] once the tablet says that it is over, it rings', async () => {
  const { nurse, bed, invite } = await wardInPrivacy()
  bed.say({ type: 'bed.report', report: open })
  await nurse.hear('bed.changed', ({ bed }) => bed.report?.privacyUntilMs === null)
  invite('private-call-0002-again', 'ring')
  expect((await bed.hear('call.changed')).call.phase).toBe('ringing')
})
