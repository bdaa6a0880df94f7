/** The drawn curtain: that the patient is alone, until when, and how to end it. Nothing else is on this screen (HZ-2). */
import { useEffect, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import type { DrawnCurtain } from '../../state/privacy.ts'
import { Button } from '../parts/button.tsx'
import curtain from '../parts/curtain.svg?raw'
import { Icon } from '../parts/icon.tsx'
import { atRestWord } from '../words.ts'
import { privacyUntil, privacyWords } from '../words-aside.ts'
import { Astray } from './astray.tsx'
import { Frame, Top } from './frame.tsx'
import { HowLong } from './how-long.tsx'

/** The sentence about camera and microphone is the tracks' own word, as everywhere. */
export function Curtain({ bed, drawn }: { bed: Bed; drawn: DrawnCurtain }) {
  const said = `${atRestWord(bed.calls.mine.value)} ${privacyUntil(drawn.untilMs)}`
  return (
    <Frame bed={bed} class="curtain" acts={<Acts bed={bed} drawn={drawn} />}>
      <Top bed={bed} />
      <div class="middle">
        <h1>
          <Icon svg={curtain} />
          <span>{privacyWords.title}</span>
        </h1>
        <Spoken>{said}</Spoken>
        {drawn.soon && <Spoken>{privacyWords.soon}</Spoken>}
        {bed.whereabouts.isAstray.value && <Astray bed={bed} />}
      </div>
    </Frame>
  )
}

function Acts({ bed, drawn }: { bed: Bed; drawn: DrawnCurtain }) {
  return (
    <div class="doings">
      {drawn.soon && (
        <Button kind="primary" onPress={bed.privacy.more}>
          {privacyWords.more}
        </Button>
      )}
      <Button onPress={bed.privacy.end}>{privacyWords.end}</Button>
    </div>
  )
}

/** Screen readers speak what changes in a live region, not what it came with. */
function Spoken({ children }: { children: string }) {
  const [aloud, setAloud] = useState('')
  useEffect(() => setAloud(children), [children])
  return (
    <p class="lead" role="status">
      {aloud}
    </p>
  )
}

/** The way in: one button on the idle screen, and how long behind it. */
export function DrawCurtain({ bed }: { bed: Bed }) {
  const [asks, setAsks] = useState<'yes' | 'no'>('no')
  return (
    <>
      <Button icon={curtain} onPress={() => setAsks('yes')}>
        {privacyWords.title}
      </Button>
      {asks === 'yes' && <HowLong bed={bed} onClose={() => setAsks('no')} />}
    </>
  )
}
