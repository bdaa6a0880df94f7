/** *Who called me*: behind a touch, one line a call, and gone again after a minute (HZ-6). */
import history from 'lucide-static/icons/history.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import { useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import type { LedgerLine, LedgerView } from '../../state/my-ledger.ts'
import { Button } from '../parts/button.tsx'
import { appWords } from '../words.ts'
import { cameOutWord, howWord, ledgerTime, ledgerWords, whoWord, whyWord } from '../words-aside.ts'
import { mineWords } from '../words-relatives.ts'
import { BedDialog } from './bed-dialog.tsx'
import { FamilyVisits } from './family.tsx'

export function WhoCalled({ bed }: { bed: Bed }) {
  const { myLedger } = bed
  const view = myLedger.view.value
  const [family, setFamily] = useState<'shut' | 'open'>('shut')
  function toFamily(): void {
    myLedger.close()
    setFamily('open')
  }
  return (
    <>
      <Button icon={history} onPress={myLedger.open}>
        {ledgerWords.title}
      </Button>
      {view.type !== 'closed' && (
        <BedDialog
          title={ledgerWords.title}
          class="who-called"
          onClose={myLedger.close}
          acts={
            <>
              <Button icon={users} onPress={toFamily}>
                {mineWords.title}
              </Button>
              <Button kind="primary" onPress={myLedger.close}>
                {appWords.close}
              </Button>
            </>
          }
        >
          <List view={view} />
        </BedDialog>
      )}
      {family === 'open' && <FamilyVisits bed={bed} onClose={() => setFamily('shut')} />}
    </>
  )
}

function List({ view }: { view: Exclude<LedgerView, { type: 'closed' }> }) {
  if (view.type === 'asked') return <p role="status">{ledgerWords.asked}</p>
  if (view.type === 'out-of-reach') return <p role="status">{ledgerWords.outOfReach}</p>
  if (view.lines.length === 0) return <p role="status">{ledgerWords.nobody}</p>
  return (
    <>
      <ol>
        {view.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
      {view.more && <p>{ledgerWords.more}</p>}
    </>
  )
}

function Line({ line }: { line: LedgerLine }) {
  return (
    <li>
      <b>{ledgerTime(line)}</b>
      <span>
        <strong>{whoWord(line)}</strong>
        <span>{howWord(line)}</span>
        {line.override && <span>{whyWord(line.override)}</span>}
        <span>{cameOutWord(line)}</span>
      </span>
    </li>
  )
}
