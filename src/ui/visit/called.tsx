/** Somebody is ready for whoever waits: who it is, that nothing is on yet, and three ways to say so (VISIT-4, HZ-2). */
import sound from 'lucide-static/icons/mic.svg?raw'
import notNow from 'lucide-static/icons/phone-off.svg?raw'
import video from 'lucide-static/icons/video.svg?raw'
import type { OutpatientVisit, VisitPage } from '../../state/visit.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import { Avatar, PersonName } from '../parts/person.tsx'
import { useMeantPresses } from '../parts/presses.ts'
import { calledWord, calledWords } from '../words-visit.ts'

type CalledProps = { visit: OutpatientVisit; page: Extract<VisitPage, { type: 'called' }> }

export function Called({ visit, page }: CalledProps) {
  const presses = useMeantPresses()
  const { peer } = page.call
  const press = (then: () => void) => (event: MouseEvent) => presses.counts(event) && then()
  return (
    <Page guest={visit} title={calledWord(page)}>
      <div class="who">
        <Avatar party={peer} />
        <p>
          <PersonName party={peer} />
        </p>
      </div>
      <p>{calledWords.off}</p>
      <div class="called-choice" {...presses.row}>
        <Button kind="go" icon={video} onPress={press(() => visit.answer('video'))}>
          {calledWords.video}
        </Button>
        <Button icon={sound} onPress={press(() => visit.answer('sound'))}>
          {calledWords.sound}
        </Button>
        <Button icon={notNow} onPress={press(visit.notNow)}>
          {calledWords.notNow}
        </Button>
      </div>
    </Page>
  )
}
