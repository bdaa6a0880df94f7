/** *Ask my nurse*: by picture and word, and then the truth about whether anybody has heard it (HZ-4, HZ-12). */
import '../ask.css'
import unheardIcon from 'lucide-static/icons/bell-off.svg?raw'
import sentIcon from 'lucide-static/icons/bell-ring.svg?raw'
import lateIcon from 'lucide-static/icons/circle-alert.svg?raw'
import askIcon from 'lucide-static/icons/concierge-bell.svg?raw'
import seenIcon from 'lucide-static/icons/eye.svg?raw'
import comingIcon from 'lucide-static/icons/footprints.svg?raw'
import reachingIcon from 'lucide-static/icons/loader.svg?raw'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import type { MyRequest, MyRequests, RequestReason, Unsent } from '../../state/my-requests.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { reasonIcons, reasons } from '../parts/reasons.ts'
import { Status, type Tone } from '../parts/status.tsx'
import { timeOf } from '../words.ts'
import { askWords, careWord, myStateWord, reasonWords } from '../words-ask.ts'
import { BedDialog } from './bed-dialog.tsx'

/** Left open, it closes: the next hand on the screen may be a visitor's. */
const openMs = 60_000

const looks: Record<MyRequest['state']['type'], { tone: Tone; icon: string }> = {
  reaching: { tone: 'plain', icon: reachingIcon },
  sent: { tone: 'waits', icon: sentIcon },
  unheard: { tone: 'lost', icon: unheardIcon },
  seen: { tone: 'well', icon: seenIcon },
  coming: { tone: 'well', icon: comingIcon },
  overdue: { tone: 'waits', icon: lateIcon },
}

export function Ask({ bed: { requests } }: { bed: Bed }) {
  const [isOpen, setOpen] = useState<'open' | 'closed'>('closed')
  useEffect(() => {
    if (isOpen === 'closed') return
    const closing = setTimeout(() => setOpen('closed'), openMs)
    return () => clearTimeout(closing)
  }, [isOpen])
  return (
    <>
      <Button kind="primary" icon={askIcon} onPress={() => setOpen('open')}>
        {askWords.open}
      </Button>
      {isOpen === 'open' && <Reasons requests={requests} onClose={() => setOpen('closed')} />}
    </>
  )
}

export function AskedFor({ bed: { requests, whereabouts } }: { bed: Bed }) {
  const isAstray = whereabouts.isAstray.value
  const unsent = requests.unsent.value
  const asked = requests.open.value.length
  const shown = useRef<HTMLDivElement>(null)
  // With large letters the screen may stand anywhere: what became of it is brought into sight.
  useLayoutEffect(() => shown.current?.scrollIntoView({ block: 'start' }), [unsent, asked])
  if (unsent === null && asked === 0) return null
  return (
    <div class="asks" ref={shown}>
      {unsent !== null && <NotSent requests={requests} unsent={unsent} />}
      {asked > 0 && <Asked requests={requests} names={isAstray ? 'hidden' : 'shown'} />}
    </div>
  )
}

function NotSent({ requests, unsent }: { requests: MyRequests; unsent: Unsent }) {
  const { reason, atMs } = unsent
  const time = timeOf(atMs + requests.serverAheadMs())
  return (
    <div class="unsent">
      <div role="alert">
        <p>
          <Icon svg={reasonIcons[reason]} />
          <span>{reasonWords[reason]}</span>
          <b>{askWords.unsentAt({ time })}</b>
        </p>
        <p class="nobody">{askWords.nobody}</p>
      </div>
      <Button onPress={requests.dismiss}>{askWords.ok}</Button>
    </div>
  )
}

type Names = 'shown' | 'hidden'

function Asked({ requests, names }: { requests: MyRequests; names: Names }) {
  return (
    <ul aria-label={askWords.list}>
      {requests.open.value.map((request) => (
        <li key={request.reason} class={looks[request.state.type].tone}>
          <One requests={requests} request={request} names={names} />
        </li>
      ))}
    </ul>
  )
}

type OneProps = { requests: MyRequests; request: MyRequest; names: Names }

function One({ requests, request, names }: OneProps) {
  const { requestId, state } = request
  const reason = reasonWords[request.reason]
  const care = careWord(request.reason)
  return (
    <>
      <h2>
        <Icon svg={reasonIcons[request.reason]} />
        <span>{reason}</span>
      </h2>
      <Status {...looks[state.type]} word={myStateWord(request, names)} />
      {care && <p>{care}</p>}
      <div class="actions">
        {state.type !== 'reaching' && (
          <Button label={askWords.hereFor({ reason })} onPress={() => requests.here(requestId)}>
            {askWords.here}
          </Button>
        )}
        <Button label={askWords.takeBackFor({ reason })} onPress={() => requests.takeBack(requestId)}>
          {askWords.takeBack}
        </Button>
      </div>
    </>
  )
}

/** What is open already is shown, and not asked again. */
function Reasons({ requests, onClose }: { requests: MyRequests; onClose: () => void }) {
  const ask = (reason: RequestReason) => {
    requests.ask(reason)
    onClose()
  }
  return (
    <BedDialog
      title={askWords.title}
      onClose={onClose}
      acts={<Button onPress={onClose}>{askWords.close}</Button>}
    >
      <div class="reasons">
        {reasons.map((reason) => (
          <Button key={reason} icon={reasonIcons[reason]} onPress={() => ask(reason)}>
            {reasonWords[reason]}
          </Button>
        ))}
      </div>
    </BedDialog>
  )
}
