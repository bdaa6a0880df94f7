/** The place of whoever is shown something: the picture, who shows it, and whether it is the one that is meant. */
import '../scan-share.css'
import { type Signal, useSignal } from '@preact/signals'
import hand from 'lucide-static/icons/hand.svg?raw'
import { useEffect } from 'preact/hooks'
import type { Incoming } from '../../state/scan-incoming.ts'
import type { ScanIo, ScanReader } from '../../state/scan-ports.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { barWords, bytesWord, endedWord, endWords, followWords, nameIn } from '../words-scan-share.ts'
import { Missing } from './missing.tsx'
import { type Pen, ShareOverlay } from './overlay.tsx'
import { Asks, Pens, Viewers } from './presenter-bar.tsx'

/** The viewer comes when something is shown, its hands with the turn. */
const viewer = createLater(() => import('../scan/index.ts'))
const turn = createLater(() => import('./turn.tsx'))

export function Following({ share, size }: { share: ScanShare; size: 'usual' | 'large' }) {
  const pen = useSignal<Pen>('none')
  const now = share.state.value.share
  const isTurn = share.role.value === 'presenting' && !share.isMine.value
  const isShown = now !== null && (share.role.value === 'following' || isTurn)
  useEffect(() => {
    if (isShown) viewer.fetch()
  }, [isShown])
  if (!now || !isShown) return <Ended share={share} />
  const name = nameIn(share, now.presenter)
  return (
    <section class="share-seen" aria-label={followWords.showing({ name })}>
      <p class="share-said" role="status">
        {isTurn ? followWords.yourTurn({ name: nameIn(share, now.source) }) : said(share, name)}
      </p>
      <Place share={share} size={size} pen={pen} isTurn={isTurn} />
      <div class="share-tools">
        <Pens share={share} pen={pen} />
        {isTurn ? <TurnBar share={share} /> : <Turn share={share} name={name} />}
      </div>
    </section>
  )
}

function said(share: ScanShare, name: string): string {
  const now = share.state.value.share
  const incoming = share.incoming.value
  if (now?.isBlank) return followWords.blank
  // What did not come is not on its way: its place says so.
  if (incoming?.missing.value) return followWords.showing({ name })
  const received = share.received.value
  const far = received
    ? ` ${followWords.received({ done: bytesWord(received.bytes), all: bytesWord(received.ofBytes) })}`
    : ''
  if (!incoming?.look.value) return `${followWords.coming({ name })}${far}`
  return incoming.isLacking.value ? `${followWords.theyLack({ name })}${far}` : followWords.showing({ name })
}

export type PictureProps = {
  share: ScanShare
  incoming: Incoming
  io: ScanIo
  reader: ScanReader
  size: 'usual' | 'large'
  pen: Signal<Pen>
}

type PlaceProps = Pick<PictureProps, 'share' | 'size' | 'pen'> & { isTurn: boolean }

function Place({ share, size, pen, isTurn }: PlaceProps) {
  const part = viewer.part.value
  const [incoming, io, reader] = [share.incoming.value, share.io.value, share.reader.value]
  if (!part || !incoming || !io || !reader) return <div aria-busy="true" />
  const props = { share, incoming, io, reader, size, pen }
  return isTurn ? <Turned {...props} /> : <Picture part={part} {...props} />
}

function Picture({
  part,
  share,
  incoming,
  io,
  reader,
  size,
  pen,
}: PictureProps & { part: NonNullable<typeof viewer.part.value> }) {
  return (
    <part.ScanStage
      {...{ io, reader, size, look: incoming.look, plate: incoming.plate, onDrew: incoming.drew }}
      overlay={(place) => <ShareOverlay share={share} place={place} slice={incoming.slice.value} pen={pen} />}
    >
      <Missing share={share} incoming={incoming} />
    </part.ScanStage>
  )
}

function Turned(props: PictureProps) {
  const part = useLater(turn)
  return part ? <part.TurnPlace {...props} /> : <div aria-busy="true" />
}

/** What whoever shows has to know, also of somebody else's pictures. */
function TurnBar({ share }: { share: ScanShare }) {
  return (
    <>
      <Viewers share={share} />
      <Asks share={share} />
    </>
  )
}

/** Staff may ask for the turn; whoever it comes from takes it back. */
function Turn({ share, name }: { share: ScanShare; name: string }) {
  const asking = share.state.value.share?.asking
  if (share.isMine.value) return <Button onPress={share.takeBack}>{barWords.takeBack}</Button>
  if (!share.mayPresent.value) return null
  return (
    <>
      <Button icon={hand} onPress={share.ask}>
        {followWords.ask}
      </Button>
      {asking === 'asked' && <p role="status">{followWords.asked({ name })}</p>}
      {asking === 'denied' && <p role="status">{followWords.denied({ name })}</p>}
    </>
  )
}

/** Long enough to be read twice. */
const readMs = 8_000

function Ended({ share }: { share: ScanShare }) {
  const { ended } = share.state.value
  const word = endedWord(share.state.value, ended ? nameIn(share, ended.by) : '')
  useEffect(() => {
    if (!ended) return
    const timer = setTimeout(share.dismiss, readMs)
    return () => clearTimeout(timer)
  }, [ended])
  return (
    word && (
      <p class="share-ended" role="status">
        {word} <Button onPress={share.dismiss}>{endWords.ok}</Button>
      </p>
    )
  )
}
