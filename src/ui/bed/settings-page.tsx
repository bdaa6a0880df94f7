/** The settings of this tablet: how it is, a sentence each, and what may be done about it. Nobody's name is on it (HZ-14). */
import troubled from 'lucide-static/icons/circle-alert.svg?raw'
import well from 'lucide-static/icons/circle-check.svg?raw'
import fact from 'lucide-static/icons/info.svg?raw'
import testing from 'lucide-static/icons/list-checks.svg?raw'
import update from 'lucide-static/icons/refresh-ccw-dot.svg?raw'
import anew from 'lucide-static/icons/rotate-cw.svg?raw'
import leave from 'lucide-static/icons/unlink.svg?raw'
import ring from 'lucide-static/icons/volume-2.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { createSettingsPage, type SettingsPage as Page } from '../../state/settings-page.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { type SettingsLine, settingsLines, settingsWords } from '../words-settings.ts'
import { BedDialog } from './bed-dialog.tsx'
import { LeaveBed } from './leave-bed.tsx'
import { OpenedSelfTest } from './self-test-door.tsx'

type SettingsPageProps = { bed: Bed; onClose: () => void }

export function SettingsPage({ bed, onClose }: SettingsPageProps) {
  const [page] = useState(() => createSettingsPage({ ...bed, ...bed.beside }))
  const [isTesting, setTesting] = useState<'no' | 'yes'>('no')
  useEffect(() => page.watch(), [page])
  if (isTesting === 'yes') return <OpenedSelfTest bed={bed} onClose={() => setTesting('no')} />
  if (page.leaving.value !== 'no') return <LeaveBed bed={bed} page={page} />
  return (
    <BedDialog
      title={settingsWords.title}
      class="self-test settings"
      onClose={onClose}
      acts={
        <Button kind="primary" onPress={onClose}>
          {settingsWords.close}
        </Button>
      }
    >
      <ul class="test-lines">
        {settingsLines(bed, page).map((line) => (
          <Line key={line.what} line={line} />
        ))}
      </ul>
      <Doings bed={bed} page={page} onTest={() => setTesting('yes')} />
    </BedDialog>
  )
}

const looks = {
  well: { tone: 'well', icon: well },
  trouble: { tone: 'waits', icon: troubled },
  plain: { tone: 'waiting', icon: fact },
} as const

function Line({ line: { what, how, said } }: { line: SettingsLine }) {
  const { tone, icon } = looks[how]
  return (
    <li class={tone}>
      <Icon svg={icon} />
      <span>
        <b>{what}.</b> {said}
      </span>
    </li>
  )
}

function Doings({ bed, page, onTest }: { bed: Bed; page: Page; onTest: () => void }) {
  return (
    <div class="settings-doings">
      <Button icon={testing} onPress={onTest}>
        {settingsWords.test}
      </Button>
      <Button icon={ring} onPress={bed.soundCheck.ring}>
        {settingsWords.ring}
      </Button>
      <Button icon={anew} onPress={page.loadAnew}>
        {settingsWords.anew}
      </Button>
      {page.update.value === 'waits' && (
        <Button icon={update} onPress={page.takeUpdate}>
          {settingsWords.update}
        </Button>
      )}
      <Button icon={leave} onPress={page.askToLeave}>
        {settingsWords.leave}
      </Button>
    </div>
  )
}
