/** *Family visits*: who may ring from outside and when, whom to ask for, and whose link ends; behind a touch, and gone again after a while (HZ-6). */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { mostRelatives, type Relative } from '../../state/relatives.ts'
import { Button } from '../parts/button.tsx'
import { appWords } from '../words.ts'
import { mineWords, relativeWord, visitHoursWord } from '../words-relatives.ts'
import { BedDialog } from './bed-dialog.tsx'

/** The next pair of eyes may be a visitor's. A touch begins it anew. */
const openMs = 90_000

export function FamilyVisits({ bed, onClose }: { bed: Bed; onClose: () => void }) {
  const { family, beside } = bed
  useEffect(() => {
    if (family.isOpen.value) family.say({ type: 'family.ask' })
  }, [family.isOpen.value])
  useIdle(beside.clock, onClose)
  return (
    <BedDialog
      title={mineWords.title}
      class="family-visits"
      onClose={onClose}
      acts={
        <Button kind="primary" onPress={onClose}>
          {appWords.close}
        </Button>
      }
    >
      <Shown bed={bed} />
    </BedDialog>
  )
}

function useIdle(clock: Bed['beside']['clock'], then: () => void): void {
  useEffect(() => {
    let cancel = clock.after(openMs, then)
    const again = () => {
      cancel()
      cancel = clock.after(openMs, then)
    }
    const kinds = ['pointerdown', 'keydown'] as const
    for (const kind of kinds) addEventListener(kind, again)
    return () => {
      cancel()
      for (const kind of kinds) removeEventListener(kind, again)
    }
  }, [])
}

function Shown({ bed: { family } }: { bed: Bed }) {
  const yours = family.yours.value
  if (!family.isOpen.value) return <p role="status">{mineWords.outOfReach}</p>
  if (!yours) return <p role="status">{mineWords.asked}</p>
  const { relatives, hours } = yours
  return (
    <>
      <p>{visitHoursWord(mineWords, hours)}</p>
      {relatives.length === 0 && <p>{mineWords.nobody}</p>}
      <ul class="relatives">
        {relatives.map((relative) => (
          <One key={relative.guestId} family={family} relative={relative} />
        ))}
      </ul>
      {relatives.length < mostRelatives ? <Wish family={family} /> : <p>{mineWords.full}</p>}
    </>
  )
}

type Family = Bed['family']

function One({ family, relative }: { family: Family; relative: Relative }) {
  const { guestId, name } = relative
  const [isSure, setSure] = useState<'no' | 'asked'>('no')
  return (
    <li>
      <p>
        <strong>{name}</strong> <span>{relativeWord(mineWords, relative)}</span>
      </p>
      {isSure === 'no' ? (
        <Button onPress={() => setSure('asked')}>{mineWords.remove({ name })}</Button>
      ) : (
        <>
          <p>{mineWords.sure({ name })}</p>
          <div class="actions">
            <Button onPress={() => family.say({ type: 'family.remove', guestId })}>{mineWords.yes}</Button>
            <Button onPress={() => setSure('no')}>{mineWords.keep}</Button>
          </div>
        </>
      )}
    </li>
  )
}

function Wish({ family }: { family: Family }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState<string | null>(null)
  // With large letters it is below what is seen.
  useEffect(() => field.current?.focus(), [name === null])
  if (name === null) return <Button onPress={() => setName('')}>{mineWords.ask}</Button>
  function send(event: Event): void {
    event.preventDefault()
    if (!name?.trim()) return
    family.say({ type: 'family.wish', guestId: family.newId(), name: name.trim() })
    setName(null)
  }
  return (
    <form class="wish" onSubmit={send}>
      <label for={id}>{mineWords.name}</label>
      <input
        id={id}
        ref={field}
        value={name}
        maxLength={80}
        autocomplete="off"
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="submit" class="button primary" disabled={name.trim() === ''}>
        <span>{mineWords.send}</span>
      </button>
    </form>
  )
}
