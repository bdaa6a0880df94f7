/** At an appointment: whether its patient has the link of a video visit, how it travelled, and sending or printing it. */
import '../visits.css'
import mail from 'lucide-static/icons/mail.svg?raw'
import paper from 'lucide-static/icons/printer.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Appointment } from '../../state/plan.ts'
import type { Station } from '../../state/station.ts'
import type { VisitsNow } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Select } from '../plan/fields.tsx'
import { type Hindrance, hindranceWords, inviteWords, mailWord } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { printLetter, visitsOf } from './desk.ts'
import { Identifiers } from './who.tsx'

export type Invited = Appointment & {
  readonly outpatient: NonNullable<Appointment['outpatient']>
  readonly when: Extract<Appointment['when'], { type: 'at' }>
}

type InviteProps = {
  station: Station
  row: Invited
  /** The server has it as it stands here. */
  isConfirmed: boolean
}

export function InviteSection({ station, row, isConfirmed }: InviteProps) {
  const desk = visitsOf(station)
  const { act, failure, isBusy } = useAct()
  useEffect(() => {
    desk.regard(row.id)
    return () => desk.regard(null)
  }, [desk, row.id])
  const now = desk.now.value
  const visit = now?.visits.find(({ appointmentId }) => appointmentId === row.id)
  /** Undefined: nobody has chosen another here. */
  const [zone, setZone] = useState<string | null | undefined>(undefined)
  const isKnown = desk.regarded.value === row.id
  const hindrance = station.connection.value.type === 'open' ? hindranceTo(row, isConfirmed) : 'offline'
  const mailHindrance = hindrance ?? (now && mailHindranceTo(row, now))
  async function invite(by: 'mail' | 'letter') {
    const { id: appointmentId, outpatient, when, language } = row
    const { startMs, endMs } = when
    if (by === 'letter')
      return await printLetter(desk, { appointmentId, name: outpatient.name, startMs, endMs, language }, zone)
    const answer = await desk.invite(appointmentId, by, zone)
    return answer.ok ? null : answer.failure
  }
  return (
    <section class="visit-invite" aria-label={inviteWords.title}>
      <h3>{inviteWords.title}</h3>
      <Identifiers visit={row.outpatient} />
      <ZoneAsk
        zone={zone === undefined ? (visit?.zone ?? null) : zone}
        ward={station.wardTime.value.zone}
        onChoose={setZone}
      />
      <p class={visit?.mail.state === 'failed' ? 'lost' : ''} aria-live="polite">
        {visit ? mailWord(visit.mail) : isKnown ? inviteWords.none : inviteWords.working}
      </p>
      <div class="actions">
        <Button
          icon={mail}
          disabled={isBusy || mailHindrance !== null}
          onPress={() => void act(() => invite('mail'))}
        >
          {visit && visit.mail.state !== 'none' ? inviteWords.again : inviteWords.send}
        </Button>
        <Button
          icon={paper}
          disabled={isBusy || hindrance !== null}
          onPress={() => void act(() => invite('letter'))}
        >
          {inviteWords.print}
        </Button>
      </div>
      {mailHindrance && <p class="soft">{hindranceWords[mailHindrance]}</p>}
      {isBusy && <output>{inviteWords.working}</output>}
      <Failed failure={failure} />
    </section>
  )
}

type ZoneProps = { zone: string | null; ward: string | null; onChoose: (zone: string | null) => void }

/** By which clock the letters tell the time: whoever is abroad comes an hour late by the hospital's. */
function ZoneAsk({ zone, ward, onChoose }: ZoneProps) {
  const others = Intl.supportedValuesOf('timeZone').filter((name) => name !== ward && name !== zone)
  const names = zone === null ? others : [zone, ...others]
  return (
    <Select
      label={inviteWords.zone}
      value={zone ?? ''}
      options={[
        ['', ward === null ? inviteWords.wardZone : `${inviteWords.wardZone} (${ward})`],
        ...names.map((name) => [name, name.replaceAll('_', ' ')] as const),
      ]}
      onChoose={(name) => onChoose(name === '' ? null : name)}
    />
  )
}

/** Why there can be no link now; null: there can be one. */
function hindranceTo({ outpatient }: Invited, isConfirmed: boolean): Hindrance | null {
  if (outpatient.born === null) return 'no-birth'
  return isConfirmed ? null : 'unconfirmed'
}

function mailHindranceTo({ outpatient }: Invited, { mail }: VisitsNow): Hindrance | null {
  if (mail === 'off') return 'no-mail'
  return outpatient.email === null ? 'no-address' : null
}
