/** The viewer: what is open, what is looked at, and what can be done with it. */
import '../scan.css'
import close from 'lucide-static/icons/x.svg?raw'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Viewport } from '../../core/scan/view.ts'
import type { ScanIo, ScanSource } from '../../state/scan-ports.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { failureWord, newsWords, scanWords } from '../words-scan.ts'
import { createHands } from './hands.ts'
import { News, Opening } from './news.tsx'
import { Series } from './series.tsx'
import { type OverlayPlace, ScanStage } from './stage.tsx'
import { Tools } from './tools.tsx'
import { DropPlace, WaysIn } from './ways-in.tsx'

const dialogs = createLater(() => import('./dialogs.ts'))

export type ViewerViewProps = {
  io: ScanIo
  viewer: Viewer
  onClose: () => void
  /** Above the picture: who shows it to whom. */
  banner?: ComponentChildren
  /** Beside the tools: *Show in this call*, and what a presenter has. */
  tools?: ComponentChildren
  /** Beside the ways in: *From the PACS*. */
  ways?: ComponentChildren
  overlay?: ((place: OverlayPlace) => ComponentChildren) | undefined
  /** Of somebody else's: nothing of one's own is put beside it. */
  takes?: 'nothing'
}

export function ViewerView({ io, viewer, onClose, banner, tools, ways, overlay, takes }: ViewerViewProps) {
  const [isPhoto, setPhoto] = useState(false)
  const [isKeys, setKeys] = useState(false)
  const aside = useLater(dialogs)
  const open = (sources: readonly ScanSource[]) => void (takes || viewer.open(sources))
  const waysIn = !takes && (
    <WaysIn onOpen={open} onPhoto={() => setPhoto(true)}>
      {ways}
    </WaysIn>
  )
  const section = useRef<HTMLElement>(null)
  // On a small screen what stands above it is out of the way.
  useEffect(() => section.current?.scrollIntoView({ block: 'end' }), [])
  return (
    <>
      <section ref={section} class="scan" aria-label={scanWords.title}>
        <DropPlace onOpen={open}>
          <header class="scan-head">
            <h2>{scanWords.title}</h2>
            {viewer.shown.value && waysIn}
            <Button icon={close} onPress={onClose}>
              {scanWords.close}
            </Button>
          </header>
          {banner}
          <Opening files={viewer.files} />
          <News files={viewer.files} />
          <Middle {...{ io, viewer, overlay, waysIn, tools }} onKeys={() => setKeys(true)} />
        </DropPlace>
      </section>
      {aside && isPhoto && (
        <aside.PhotoDialog io={io} onTaken={(photo) => open([photo])} onClose={() => setPhoto(false)} />
      )}
      {aside && isKeys && <aside.KeysDialog onClose={() => setKeys(false)} />}
    </>
  )
}

type MiddleProps = Pick<ViewerViewProps, 'io' | 'viewer' | 'tools' | 'overlay'> & {
  waysIn: ComponentChildren
  onKeys: () => void
}

/** A choice to make comes before everything that could be seen. */
function Middle({ viewer, waysIn, ...rest }: MiddleProps) {
  const aside = useLater(dialogs)
  if (viewer.files.patients.value.length > 1) return aside && <aside.Choice files={viewer.files} />
  if (!viewer.shown.value) return <Empty isBusy={viewer.files.opening.value !== null}>{waysIn}</Empty>
  return <Opened viewer={viewer} {...rest} />
}

function Empty({ isBusy, children }: { isBusy: boolean; children: ComponentChildren }) {
  if (isBusy) return null
  return (
    <div class="scan-empty">
      <p>
        <b>{scanWords.drop}</b>
      </p>
      <p>{scanWords.kinds}</p>
      {children}
      <p>{scanWords.stays}</p>
    </div>
  )
}

function Opened({ io, viewer, tools, overlay, onKeys }: Omit<MiddleProps, 'waysIn'>) {
  const place = useRef<Viewport | null>(null)
  const hands = useMemo(() => createHands(viewer, onKeys), [viewer])
  return (
    <div class="scan-opened">
      <Series viewer={viewer} />
      <ScanStage
        {...{ io, hands, reader: viewer.reader, look: viewer.look, plate: viewer.plate, overlay }}
        onResize={(viewport) => {
          place.current = viewport
          viewer.resized(viewport)
        }}
        onDrew={viewer.drew}
      >
        <Trouble viewer={viewer} />
      </ScanStage>
      <Tools viewer={viewer} place={() => place.current} onKeys={onKeys}>
        {tools}
      </Tools>
    </div>
  )
}

function Trouble({ viewer }: { viewer: Viewer }) {
  const trouble = viewer.trouble.value
  return (
    <p class="scan-trouble" role="alert">
      {trouble && newsWords.cannot({ why: failureWord(trouble) })}
    </p>
  )
}
