/** The section "Ward": what it is called and which beds it has. */
import { useEffect, useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { type AdminWard, createAdminWard } from '../../state/admin-ward.ts'
import { bedsWord } from '../words.ts'
import { areasWords, roomsWords, wardProblemWords, wardWords as words } from '../words-admin.ts'
import { Duties } from './duties.tsx'
import { Interpreters } from './interpreters.tsx'

export function WardSection({ admin }: { admin: Admin }) {
  const [ward] = useState(() => createAdminWard(admin.ports))
  useEffect(() => void ward.load(), [ward])
  const plan = ward.plan.value
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      {ward.problem.value && (
        <p class="warning" role="alert">
          {wardProblemWords(ward.problem.value)}
        </p>
      )}
      {plan && <Name key={plan.name} ward={ward} name={plan.name} mayRename={plan.mayRename} />}
      {plan && <Overrides ward={ward} overrides={plan.overrides} />}
      {plan && <Beds ward={ward} labels={plan.beds.map(({ label }) => label)} />}
      {plan && plan.beds.length > 0 && (
        <>
          <Places
            beds={plan.beds}
            placeOf={({ room }) => room}
            words={roomsWords}
            longest={16}
            onSet={ward.setRoom}
          />
          <Places
            beds={plan.beds}
            placeOf={({ area }) => area}
            words={areasWords}
            longest={24}
            onSet={ward.setArea}
          />
        </>
      )}
      {plan && <Interpreters ward={ward} plan={plan} />}
      {plan && <Duties ward={ward} duties={plan.duties} />}
    </section>
  )
}

function Name({ ward, name, mayRename }: { ward: AdminWard; name: string; mayRename: boolean }) {
  const [typed, setTyped] = useState(name)
  return (
    <form
      aria-label={words.name}
      onSubmit={(event) => {
        event.preventDefault()
        void ward.rename(typed.trim())
      }}
    >
      <label>
        <span>{words.name}</span>
        <input
          value={typed}
          maxLength={80}
          required
          disabled={!mayRename}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      {mayRename && (
        <button type="submit" class="button plain" disabled={typed.trim() === '' || typed.trim() === name}>
          {words.rename}
        </button>
      )}
      {!mayRename && <p>{words.nameStays}</p>}
    </form>
  )
}

/** Off until somebody decides that their ward needs it. */
function Overrides({ ward, overrides }: { ward: AdminWard; overrides: 'on' | 'off' }) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={overrides === 'on'}
        onChange={(event) => void ward.setOverrides(event.currentTarget.checked ? 'on' : 'off')}
      />
      <span>{words.overrides}</span>
    </label>
  )
}

function Beds({ ward, labels }: { ward: AdminWard; labels: readonly string[] }) {
  const [typed, setTyped] = useState('')
  return (
    <>
      <p>{labels.length === 0 ? words.noBeds : bedsWord(labels)}</p>
      <form
        aria-label={words.add}
        onSubmit={(event) => {
          event.preventDefault()
          void ward.addBeds(typed).then((isDone) => isDone && setTyped(''))
        }}
      >
        <label>
          <span>{words.labels}</span>
          <input
            value={typed}
            placeholder={words.example}
            maxLength={400}
            required
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary" disabled={typed.trim() === ''}>
          {words.add}
        </button>
      </form>
    </>
  )
}

type BedRow = NonNullable<AdminWard['plan']['value']>['beds'][number]

type PlacesProps = {
  beds: readonly BedRow[]
  placeOf: (bed: BedRow) => string | null
  words: typeof roomsWords
  longest: number
  onSet: (labels: string, place: string) => Promise<boolean>
}

/**
 * Who shares a room, so that a caller is told of them before a ring would wake them (HZ-15); and of which ward a bed is, where one
 * board shows several.
 */
function Places({ beds, placeOf, words: said, longest, onSet }: PlacesProps) {
  const [labels, setLabels] = useState('')
  const [place, setPlace] = useState('')
  const places = Map.groupBy(beds, placeOf)
  return (
    <>
      <h3>{said.title}</h3>
      <p>{said.mean}</p>
      <ul class="rooms" aria-label={said.title}>
        {[...places].map(([name, inside]) => (
          <li key={name}>
            <b>{name === null ? said.none : said.one({ name })}</b>{' '}
            {bedsWord(inside.map(({ label }) => label))}
          </li>
        ))}
      </ul>
      <form
        aria-label={said.title}
        onSubmit={(event) => {
          event.preventDefault()
          void onSet(labels, place).then((isDone) => isDone && setLabels(''))
        }}
      >
        <label>
          <span>{said.beds}</span>
          <input
            value={labels}
            placeholder="1-4"
            maxLength={400}
            required
            onInput={(event) => setLabels(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{said.place}</span>
          <input value={place} maxLength={longest} onInput={(event) => setPlace(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button plain" disabled={labels.trim() === ''}>
          {said.set}
        </button>
      </form>
    </>
  )
}
