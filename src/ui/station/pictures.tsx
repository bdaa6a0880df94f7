/** Pictures at the station: in place of the board, beside the call that goes on. Their part is fetched when they are opened. */
import { effect, signal } from '@preact/signals'
import archive from 'lucide-static/icons/archive.svg?raw'
import images from 'lucide-static/icons/images.svg?raw'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isVisitor } from '../../core/call-state.ts'
import type { Outpatient } from '../../core/scan/whose.ts'
import type { HandedBy, PacsPort, ScanDoor, ScanIo, ScanSource } from '../../state/scan-ports.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import type { Station } from '../../state/station.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { sharingOf } from '../parts/sharing.tsx'
import { speakToo } from '../texts/catalogue.ts'
import { here } from '../visits/here.ts'
import { appWords } from '../words.ts'
import { picturesWords } from '../words-bring-in.ts'
import { CopiesButton, CopyShown, isCopyShown, SendCopyButton } from './copies.tsx'
import { PhoneButton } from './phone.tsx'
import { VisitsButton } from './visits.tsx'

type Part = typeof import('../scan/index.ts')
type Open = { readonly of: string; readonly part: Part; readonly io: ScanIo; readonly viewer: Viewer }

const shown = signal(false)
const open = signal<Open | 'failed' | null>(null)
/** Handed over from outside, as long as nobody has opened it. */
const handed = signal<Readonly<Record<HandedBy, readonly ScanSource[]>>>({ person: [], page: [] })

/** Somebody in the call shows something here, or the end of it is to be read. */
function isFollowing({ calls }: Station): boolean {
  const share = sharingOf(calls)?.share
  if (!share) return false
  const { share: now, ended } = share.state.value
  return now
    ? share.role.value === 'following' || !share.isMine.value
    : ended !== null && ended.by !== share.state.value.me.id
}

export function arePicturesShown(station: Station): boolean {
  const { lock, me } = station
  return (
    (shown.value || isCopyShown(station) || isFollowing(station)) && !lock.locked.value && me.value !== null
  )
}

function close(): void {
  shown.value = false
  handed.value = { person: [], page: [] }
  const now = open.peek()
  open.value = null
  if (now && now !== 'failed') now.viewer.close()
}

/** [HZ-9] What its presenter does not see is shown to nobody. */
function stopShowing({ calls }: Station): void {
  const share = sharingOf(calls)?.share
  if (share?.isMine.peek()) share.stop()
}

async function load({ scans, clock }: Station, of: string): Promise<Open> {
  const [part, door] = await Promise.all([import('../scan/index.ts'), scans()])
  const io = await door.io()
  const reader = await io.reader()
  await speakToo()
  return { of, part, io, viewer: part.createViewer(io, reader, clock) }
}

/** What is hidden stays open, for whoever opened it. */
function toggle(station: Station): void {
  if (shown.value) stopShowing(station)
  shown.value = !shown.value
}

/** In the bar, whoever is here; and what the device hands over opens them, too. */
export function BarButtons({ station }: { station: Station }) {
  const staffId = station.me.value?.staffId ?? null
  useEffect(() => listen(station), [station])
  // Pictures are of whoever opened them; those that were handed over before somebody came are theirs.
  useEffect(() => {
    if (staffId === null) return
    return () => {
      stopShowing(station)
      close()
    }
  }, [staffId])
  return (
    <>
      <IconButton icon={images} label={picturesWords.open} onPress={() => toggle(station)} />
      <CopiesButton station={station} />
      <VisitsButton station={station} />
      <PhoneButton station={station} />
    </>
  )
}

/** Beside what a call has. */
export function PicturesButton() {
  return (
    <Button icon={images} onPress={() => (shown.value = true)}>
      {picturesWords.open}
    </Button>
  )
}

/** Whoever is only shown something does without. */
const sharedViewer = createLater(() => import('../scan-share/shared-viewer.tsx'))

let door: Promise<ScanDoor> | null = null

function listen(station: Station): void {
  if (door) return
  door = station.scans()
  // A file that misses its place is not opened in place of the app, and of a call.
  for (const type of ['dragover', 'drop'] as const)
    addEventListener(type, (event) => {
      if (event.dataTransfer?.types.some((type) => type === 'Files')) event.preventDefault()
    })
  const hear = (sources: readonly ScanSource[], by: HandedBy) => {
    handed.value = { ...handed.value, [by]: [...handed.value[by], ...sources] }
    shown.value = true
  }
  door.then(
    (there) => there.listen(hear),
    () => {
      door = null
    },
  )
}

export function Pictures({ station }: { station: Station }) {
  const sharing = sharingOf(station.calls)
  if (sharing && isFollowing(station)) return <sharing.part.Following share={sharing.share} size="usual" />
  return isCopyShown(station) ? <CopyShown station={station} /> : <OwnPictures station={station} />
}

function OwnPictures({ station }: { station: Station }) {
  const of = station.me.value?.staffId ?? ''
  const now = open.value
  const begin = () => {
    open.value = null
    load(station, of).then(
      (opened) => {
        // Somebody else may sit here by now, or it was closed while it came.
        if (shown.peek() && station.me.peek()?.staffId === of) open.value = opened
        else opened.viewer.close()
      },
      () => {
        open.value = 'failed'
      },
    )
  }
  useEffect(() => {
    if (now === null) begin()
  }, [of])
  useEffect(() => effect(() => takeHanded('person')), [])
  if (now === null) return <p aria-busy="true">{picturesWords.loading}</p>
  if (now === 'failed') return <Failed onAgain={begin} />
  return <Opened station={station} now={now} />
}

type PacsPart = typeof import('../scan/pacs.tsx')
type Pacs = { readonly whose: string; readonly part: PacsPart; readonly port: PacsPort }

async function loadPacs(io: ScanIo, whose: string): Promise<Pacs> {
  const [part, port] = await Promise.all([import('../scan/pacs.tsx'), io.pacs()])
  await speakToo()
  return { whose, part, port }
}

/**
 * Scans from the PACS are those of the patient in the call, else of the bed that is open beside the pictures; with another
 * patient there what was opened is closed (HZ-1). Their dialog stands by itself: ways in move with the first picture.
 */
function Opened({ station, now }: { station: Station; now: Open }) {
  const { io, viewer } = now
  const [pacs, setPacs] = useState<Pacs | 'failed' | null>(null)
  const bedId = bedInCall(station.calls) ?? station.openBedId.value
  const bed = station.beds.value.find((one) => one.bedId === bedId)
  const whose = bed?.stay.admissionId ?? null
  const begin = (of: string) => void loadPacs(io, of).then(setPacs, () => setPacs('failed'))
  const ways = whose !== null && bed?.patient && station.mayEver('scan.fetch') && (
    <Button icon={archive} onPress={() => begin(whose)}>
      {picturesWords.pacs}
    </Button>
  )
  return (
    <>
      {handed.value.page.length > 0 && <Handed />}
      <Shared station={station} now={now} ways={ways} />
      {pacs === 'failed' && <p role="alert">{picturesWords.failed}</p>}
      {pacs !== null && pacs !== 'failed' && bed?.patient && pacs.whose === whose && (
        <pacs.part.PacsDialog
          port={pacs.port}
          admissionId={pacs.whose}
          patient={bed.patient}
          lock={station.lock}
          open={(sources) => void viewer.open(sources)}
          onClose={() => setPacs(null)}
        />
      )}
    </>
  )
}

/** The viewer, with what a call adds to it. */
function Shared({ station, now, ways }: { station: Station; now: Open; ways: ComponentChildren }) {
  const { part, io, viewer } = now
  const { calls, beds } = station
  const sharing = sharingOf(calls)
  const shared = useLater(sharedViewer)
  const bedId = bedInCall(calls)
  const patient = beds.value.find((bed) => bed.bedId === bedId)?.patient ?? null
  const more = <SendCopyButton {...{ station, io, viewer, patient }} />
  if (!sharing || !shared) return <part.ViewerView {...{ io, viewer, ways }} tools={more} onClose={close} />
  return (
    <shared.SharedViewer
      {...{ part, io, viewer, calls, ways, more }}
      patient={patient ?? outpatientIn(station)}
      share={sharing.share}
      onClose={close}
    />
  )
}

/** [VIEW-15] Whoever has a visit has no number here. */
function outpatientIn(station: Station): Outpatient | null {
  const visitor = station.calls.seats.value.find(({ peer }) => isVisitor(peer))?.peer
  const visit = visitor?.type === 'guest' ? here.value?.part.visitsOf(station).of(visitor.guestId) : undefined
  return visit?.born ? { name: visit.name, born: visit.born } : null
}

function bedInCall({ seats }: Station['calls']): string | null {
  for (const { peer, table } of seats.value) {
    if (peer.type === 'bed') return peer.bedId
    if (table?.bed) return table.bed.bedId
  }
  return null
}

function takeHanded(by: HandedBy): void {
  const now = open.value
  const sources = handed.value[by]
  if (!now || now === 'failed' || sources.length === 0) return
  handed.value = { ...handed.value, [by]: [] }
  void now.viewer.open(sources)
}

const handedPart = createLater(() => import('../scan/handed.tsx'))

/** [HZ-1] What any page may have sent is not shown unasked. */
function Handed() {
  const part = useLater(handedPart)
  return (
    part && (
      <part.HandedOver
        count={handed.value.page.length}
        onOpen={() => takeHanded('page')}
        onDiscard={() => (handed.value = { ...handed.value, page: [] })}
      />
    )
  )
}

function Failed({ onAgain }: { onAgain: () => void }) {
  return (
    <section class="panel">
      <p role="alert">{picturesWords.failed}</p>
      <div class="actions">
        <Button onPress={onAgain}>{picturesWords.open}</Button>
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </section>
  )
}
