/** Who lies in an open bed: what they wish, and what may be done about their stay. */
import '../admission.css'
import { useState } from 'preact/hooks'
import { type AdmissionDesk, createAdmissionDesk } from '../../state/admission-desk.ts'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { isUnwiped } from '../station/board.tsx'
import { admissionWords, wishLines, wishWords } from '../words-admission.ts'
import { AdmitDialog } from './admit-dialog.tsx'
import { Family } from './relatives.tsx'
import { AdmittedDialog, TrySound } from './sound-check.tsx'
import { AwayDialog, DischargeDialog, MoveDialog, SwapDialog, WishDialog } from './stay-dialogs.tsx'

export type ActProps = {
  readonly desk: AdmissionDesk
  readonly station: Station
  /** As it was when the dialog was opened: whoever has come since is not meant. */
  readonly bed: BedView
  readonly onClose: () => void
}

const dialogs = {
  ...{ wish: WishDialog, move: MoveDialog, swap: SwapDialog, away: AwayDialog },
  discharge: DischargeDialog,
} as const
type Opened = { readonly what: 'admit' | keyof typeof dialogs; readonly bed: BedView }

export function AdmissionPanel({ station, bed }: { station: Station; bed: BedView }) {
  const [desk] = useState(() => createAdmissionDesk(station.admissions))
  const [opened, setOpened] = useState<Opened | null>(null)
  const [admitted, setAdmitted] = useState<string | null>(null)
  const open = (what: Opened['what']) => setOpened({ what, bed })
  const onClose = () => setOpened(null)
  return (
    <section class="admission" aria-label={admissionWords.title}>
      {isUnwiped(bed) && <p class="lost">{admissionWords.unwiped}</p>}
      {bed.wishes && <Wished wishes={bed.wishes} />}
      {admitted !== null && admitted === bed.patient?.name && (
        <AdmittedDialog station={station} bed={bed} name={admitted} onClose={() => setAdmitted(null)} />
      )}
      {station.mayEver('admission.change') && <Acts bed={bed} open={open} />}
      {bed.stay.admissionId !== null && station.mayEver('admission.change') && (
        <TrySound station={station} bed={bed} />
      )}
      {bed.stay.admissionId !== null && station.mayEver('family.invite') && (
        <Family key={bed.stay.admissionId} station={station} bed={bed} admissionId={bed.stay.admissionId} />
      )}
      {opened?.what === 'admit' ? (
        <AdmitDialog
          {...{ desk, station, onClose }}
          bed={opened.bed}
          onAdmitted={(name) => {
            setAdmitted(name)
            onClose()
          }}
        />
      ) : (
        opened && <Stay {...{ desk, station, onClose }} opened={opened} />
      )}
    </section>
  )
}

function Stay({ opened, ...rest }: Omit<ActProps, 'bed'> & { opened: Opened }) {
  if (opened.what === 'admit') return null
  const Shown = dialogs[opened.what]
  return <Shown {...rest} bed={opened.bed} />
}

function Wished({ wishes }: { wishes: NonNullable<BedView['wishes']> }) {
  return (
    <dl class="wishes" aria-label={wishWords.title}>
      {wishLines(wishes).map(([what, word]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{word}</dd>
        </div>
      ))}
    </dl>
  )
}

function Acts({ bed, open }: { bed: BedView; open: (what: Opened['what']) => void }) {
  if (bed.stay.admissionId === null)
    return (
      <div class="actions">
        <Button kind="primary" onPress={() => open('admit')}>
          {admissionWords.admit}
        </Button>
      </div>
    )
  return (
    <div class="actions">
      <Button onPress={() => open('wish')}>{admissionWords.change}</Button>
      <Button onPress={() => open('move')}>{admissionWords.move}</Button>
      <Button onPress={() => open('swap')}>{admissionWords.swap}</Button>
      <Button onPress={() => open('away')}>
        {bed.awaySinceMs === undefined ? admissionWords.away : admissionWords.back}
      </Button>
      <Button onPress={() => open('discharge')}>{admissionWords.discharge}</Button>
    </div>
  )
}
