/** Looking for names in pictures before they leave: one after the other, and none is left out by accident. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Box } from '../core/scan/boxes.ts'
import { type Lookable, type Looking, lookingsOf, type Place, withinPicture } from '../core/scan/looking.ts'
import type { Picture } from '../core/scan/samples.ts'
import type { ScanFrame } from '../core/scan/scan.ts'
import type { ScanReader } from './scan-ports.ts'

/** A picture on its way to the eye. */
export type Seen =
  | { readonly type: 'coming' }
  | { readonly type: 'there'; readonly frame: ScanFrame; readonly picture: Picture }
  | { readonly type: 'failed' }

/** What was decided. Every file that had to be looked at is in one of the two; nothing else is. */
export type Decided = {
  /** What is black in each file that was looked at; often nothing. */
  readonly boxes: ReadonlyMap<string, readonly Box[]>
  readonly leftOut: ReadonlySet<string>
}

export type StripStep = {
  readonly count: number
  /** Which of them, from 0; null: all are decided. */
  readonly at: ReadonlySignal<number | null>
  readonly looking: ReadonlySignal<Looking | null>
  /** Its first picture, and its last if there is another. */
  readonly seen: ReadonlySignal<readonly Seen[]>
  readonly boxes: ReadonlySignal<readonly Box[]>
  /** Only of what is on the screen it can be said that somebody has looked. */
  readonly canSay: ReadonlySignal<boolean>
  add(box: Box): void
  /** What a box becomes; it stays within the picture. */
  change(index: number, box: Box): void
  remove(index: number): void
  /** "I have looked": on to the next one. */
  say(): void
  leaveOut(): void
  /** Nothing leaves. */
  giveUp(): void
}

type Pictures = Pick<ScanReader, 'frame' | 'picture'>

async function seenOf(reader: Pictures, { fileId, frame }: Place): Promise<Seen> {
  const [said, picture] = [await reader.frame(fileId, frame), await reader.picture(fileId, frame)]
  if (!said.ok || !picture.ok) return { type: 'failed' }
  return { type: 'there', frame: said.value, picture: picture.value }
}

/** Whether there is anything to look at before these leave. */
export const hasToLook = (files: readonly Lookable[]): boolean => lookingsOf(files).length > 0

/** [STRIP-7] `decided` is told once: what was decided, or null when it was given up. */
export function createStripStep(
  reader: Pictures,
  files: readonly Lookable[],
  decided: (decision: Decided | null) => void,
): StripStep {
  const lookings = lookingsOf(files)
  const at = signal<number | null>(null)
  const looking = computed(() => (at.value === null ? null : (lookings[at.value] ?? null)))
  const seen = signal<readonly Seen[]>([])
  const boxes = signal<readonly Box[]>([])
  const found = new Map<string, readonly Box[]>()
  const leftOut = new Set<string>()
  let isOver = false

  function end(decision: Decided | null): void {
    if (isOver) return
    isOver = true
    batch(() => {
      at.value = null
      seen.value = []
      boxes.value = []
    })
    decided(decision)
  }

  function show(index: number): void {
    const next = lookings[index]
    if (!next) return end({ boxes: found, leftOut })
    batch(() => {
      at.value = index
      boxes.value = []
      seen.value = next.places.map(() => ({ type: 'coming' }))
    })
    for (const [which, place] of next.places.entries())
      void seenOf(reader, place).then((one) => {
        if (at.value === index && !isOver) seen.value = seen.value.with(which, one)
      })
  }

  const canSay = computed(() => looking.value !== null && seen.value.every(({ type }) => type === 'there'))
  const step: StripStep = {
    count: lookings.length,
    at,
    looking,
    seen,
    boxes,
    canSay,
    add(box) {
      if (looking.value) boxes.value = [...boxes.value, withinPicture(box, looking.value)]
    },
    change(index, box) {
      if (looking.value && index in boxes.value)
        boxes.value = boxes.value.with(index, withinPicture(box, looking.value))
    },
    remove(index) {
      boxes.value = boxes.value.filter((_, one) => one !== index)
    },
    say() {
      if (!canSay.value || at.value === null) return
      for (const fileId of looking.value?.fileIds ?? []) found.set(fileId, boxes.value)
      show(at.value + 1)
    },
    leaveOut() {
      if (at.value === null) return
      for (const fileId of looking.value?.fileIds ?? []) leftOut.add(fileId)
      show(at.value + 1)
    },
    giveUp: () => end(null),
  }
  show(0)
  return step
}
