/**
 * What messages make of a ward, said as plainly as can be: a list of stays, the second of the last word about each number,
 * and one paragraph for each rule of docs/adt.md. It shares nothing with the server's own rules.
 */
import type { Say, Told } from '../../fakes/adt.ts'

/** `broken`: the message is spoilt so that it is refused with this text before anything else is read. */
export type Sent = { readonly say: Say; readonly atSecond: number | null; readonly broken: string | null }

export type StayRow = {
  number: string
  name: string
  born: string
  bed: string | null
  byHand: boolean
  changedMs: number
  named: 'hand' | 'feed'
  away: boolean
  /** When somebody last said by hand whether they are away; 0: never. */
  awayByHandMs: number
}

/** Which messages say that somebody left their bed for a while, and which that they are in it again. */
const goes: ReadonlyMap<string, 'away' | 'back'> = new Map([
  ...(['A09', 'A21', 'A32', 'A53'] as const).map((trigger) => [trigger, 'away'] as const),
  ...(['A10', 'A22', 'A33', 'A52'] as const).map((trigger) => [trigger, 'back'] as const),
])

const fold = (number: string) => number.replaceAll(/[\s-]/g, '').toUpperCase()
const words = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.sort()
    .join(' ') ?? ''
const iso = (born: string | undefined) =>
  born?.length === 8 ? `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}` : null

export class Model {
  readonly stays: StayRow[]
  readonly labels: readonly string[]
  readonly ward: string
  private readonly placed = new Map<string, number>()
  private readonly named = new Map<string, number>()
  private readonly lived = new Map<string, number>()
  private readonly dead = new Set<string>()
  private readonly tracked = new Map<string, number>()
  private readonly away = new Set<string>()
  private readonly answers = new Map<string, { body: string; text: string }>()
  nowMs = 0

  constructor(ward: string, labels: readonly string[], stays: StayRow[]) {
    this.ward = ward
    this.labels = labels
    this.stays = stays
  }

  inBed(bed: string): StayRow | undefined {
    return this.stays.find((stay) => stay.bed === bed)
  }

  here(key: string): StayRow | undefined {
    return this.stays.find((stay) => stay.bed !== null && fold(stay.number) === key)
  }

  /** The text of the answer; empty: AA. */
  take({ say, atSecond, broken }: Sent): string {
    const body = JSON.stringify([say.trigger, say.at, say.people, say.more, broken])
    if (broken === 'This is no HL7 v2 message with a sound MSH segment') return broken
    if (say.controlId === '') return 'MSH-10 is missing or longer than 199'
    const before = this.answers.get(say.controlId)
    if (before) return before.body === body ? before.text : 'Another message had this control id'
    const text = broken ?? this.decide(say, atSecond)
    this.answers.set(say.controlId, { body, text })
    return text
  }

  private decide({ trigger, people }: Say, second: number | null): string {
    if (second === null) return 'Neither EVN-2 nor MSH-7 holds a time'
    if (second * 1000 > this.nowMs + 3_600_000) return 'The time of the event is more than an hour ahead'
    if (trigger === 'A17' && people.length !== 2) return 'PID is missing, or for a swap there are not two'
    if (people.some(({ number }) => number === undefined)) return 'PID-3 holds no number of the hospital'
    if (trigger === 'A40') return this.merge(people, second)
    return trigger === 'A08' || goes.has(trigger)
      ? this.update(trigger, people, second)
      : this.place(trigger, people, second)
  }

  private merge(people: readonly Told[], second: number): string {
    const [one] = people
    if (!one?.former) return 'MRG-1 holds no number of the hospital'
    const [to, from] = [fold(one.number ?? ''), fold(one.former)]
    if (to === from || (this.placed.get(from) ?? 0) > second) return ''
    const [old, other] = [this.here(from), this.here(to)]
    if (old && other) return 'Both numbers lie in this ward, in two beds'
    if (old) {
      old.number = one.number ?? ''
      this.call(old, one)
      old.named = 'feed'
    }
    for (const last of [this.placed, this.lived]) {
      const later = Math.max(last.get(to) ?? 0, last.get(from) ?? 0)
      if (later > 0) last.set(to, later)
    }
    const theirs = this.tracked.get(from)
    if (theirs !== undefined && (this.tracked.get(to) ?? 0) <= theirs)
      this.say(to, theirs, this.away.has(from))
    if (this.dead.has(from)) this.dead.add(to)
    if (old && this.dead.has(to)) this.leave(old)
    this.later(this.placed, from, second)
    return ''
  }

  private update(trigger: string, people: readonly Told[], second: number): string {
    const [one] = people
    if (!one) return 'PID is missing, or for a swap there are not two'
    const key = fold(one.number ?? '')
    const stay = this.here(key)
    const died = one.death === 'Y' && (this.lived.get(key) ?? 0) <= second
    const isNews = Math.max(this.placed.get(key) ?? 0, this.tracked.get(key) ?? 0) <= second
    if (stay && this.isSomebodyElse(stay, one)) {
      if (died) this.die(key, second)
      return 'Somebody of another name and birth has this number here'
    }
    if (died && stay) this.leave(stay)
    if (died) this.later(this.placed, key, second)
    this.learn(one, second)
    const way = goes.get(trigger)
    if (way !== undefined && isNews)
      this.say(key, second, way === 'away' || one.out !== undefined || this.bedOf(one) === 'out')
    this.track(key)
    return ''
  }

  private place(trigger: string, people: readonly Told[], second: number): string {
    const all = people.map((told) => {
      const key = fold(told.number ?? '')
      const died = told.death === 'Y' && (this.lived.get(key) ?? 0) <= second
      const goes = trigger === 'A03' || trigger === 'A11' || died
      return { told, key, died, to: goes ? 'out' : this.bedOf(told) }
    })
    if (all.length === 2 && all[0]?.key === all[1]?.key)
      return 'PID is missing, or for a swap there are not two'
    const isLate = all.some(({ key }) => (this.placed.get(key) ?? 0) > second)
    const isAfterHand = !isLate && all.some(({ key }) => this.handMs(key) > second * 1000 + 999)
    const why = isLate || isAfterHand ? '' : this.whyNot(all)
    const moving = isLate || isAfterHand ? all.filter(({ died }) => died) : all
    const text = why || this.whoElse(moving) || this.settle(moving) || this.whoElse(all, second)
    if (text !== '') {
      for (const { key, to, died } of all) {
        if (to !== null) this.later(this.placed, key, second)
        if (died) this.die(key, second)
      }
      return text
    }
    for (const { told, key, died } of all) {
      if (!isLate && (this.tracked.get(key) ?? 0) <= second) this.say(key, second, false)
      if (!isLate || died) this.later(this.placed, key, second)
      this.learn(told, second)
      this.track(key)
    }
    return ''
  }

  private say(key: string, second: number, away: boolean): void {
    this.tracked.set(key, second)
    if (away) this.away.add(key)
    else this.away.delete(key)
  }

  /** The hospital's last word, unless a hand's is later. */
  private track(key: string): void {
    const [stay, second] = [this.here(key), this.tracked.get(key)]
    if (!stay || second === undefined) return
    const theirs = this.stays.filter(({ number }) => fold(number) === key)
    const handMs = Math.max(this.handMs(key), ...theirs.map(({ awayByHandMs }) => awayByHandMs))
    if (second * 1000 + 999 >= handMs) stay.away = this.away.has(key)
  }

  private bedOf({ place }: Told): string | null {
    if (!place || place.every((part) => part === '')) return null
    const [ward, room, bed] = place
    if (fold(ward) !== fold(this.ward)) return 'out'
    if (bed === '') return 'none'
    return this.labels.find((label) => label === bed || label === room + bed) ?? 'unknown'
  }

  private whyNot(all: readonly { told: Told; key: string; to: string | null; died: boolean }[]): string {
    for (const { told, key, to, died } of all) {
      if (to === null || to === 'none') return 'PV1-3 names no bed'
      if (to === 'unknown') return 'This ward has no such bed'
      if (to !== 'out' && this.dead.has(key) && !died && told.death !== 'N')
        return 'This patient has died; PID-30 N says otherwise'
    }
    return ''
  }

  /** With a second: only of those whose names would be changed by it. */
  private whoElse(all: readonly { told: Told; key: string }[], second: number | null = null): string {
    for (const { told, key } of all) {
      const stay = this.here(key)
      if (second !== null && (this.named.get(key) ?? 0) > second) continue
      if (stay && this.isSomebodyElse(stay, told))
        return 'Somebody of another name and birth has this number here'
    }
    return ''
  }

  /** All of it or nothing: tried on a copy. */
  private settle(all: readonly { told: Told; key: string; to: string | null }[]): string {
    const copy = this.stays.map((stay) => ({ ...stay }))
    const at = (key: string) => copy.find((stay) => stay.bed !== null && fold(stay.number) === key)
    const goals = all.filter(({ key, to }) => (at(key)?.bed ?? 'out') !== to && to !== null)
    for (const { key, to } of goals) {
      const stay = at(key)
      if (to === 'out' && stay) Object.assign(stay, { bed: null, byHand: false, changedMs: this.nowMs })
    }
    const wanting = goals.filter(({ to }) => to !== 'out')
    const [one, other] = wanting
    const [a, b] = [one && at(one.key), other && at(other.key)]
    if (a && b && one?.to === b.bed && other?.to === a.bed) {
      Object.assign(a, { bed: one?.to, byHand: false, changedMs: this.nowMs, away: false })
      Object.assign(b, { bed: other?.to, byHand: false, changedMs: this.nowMs, away: false })
      wanting.length = 0
    }
    while (wanting.length > 0) {
      const before = wanting.length
      for (const goal of [...wanting]) {
        const { told, key, to } = goal
        if (!at(key) && iso(told.born) === null) return 'PID-7 holds no whole date of birth'
        if (!at(key) && !told.name) return 'PID-5 is missing'
        if (copy.some(({ bed }) => bed === to)) continue
        this.put(copy, at(key), told, to ?? '')
        wanting.splice(wanting.indexOf(goal), 1)
      }
      if (wanting.length === before) return 'Somebody else lies in this bed'
    }
    this.stays.splice(0, this.stays.length, ...copy)
    return ''
  }

  private put(copy: StayRow[], stay: StayRow | undefined, told: Told, bed: string): void {
    const change = { bed, byHand: false, changedMs: this.nowMs, away: false }
    if (stay) Object.assign(stay, change)
    else
      copy.push({
        ...change,
        awayByHandMs: 0,
        ...{ number: told.number ?? '', name: '', born: iso(told.born) ?? '', named: 'feed' as const },
        ...(told.name && { name: `${told.name[1]} ${told.name[0]}` }),
      })
  }

  private isSomebodyElse(stay: StayRow, told: Told): boolean {
    if (stay.named === 'feed') return false
    const born = iso(told.born)
    if (born === null || !told.name) return born !== null && born !== stay.born
    return born !== stay.born && words(told.name.join(' ')) !== words(stay.name)
  }

  private learn(told: Told, second: number): void {
    const key = fold(told.number ?? '')
    const stay = this.here(key)
    if ((this.named.get(key) ?? 0) <= second) {
      if (stay && this.call(stay, told)) stay.named = 'feed'
      this.later(this.named, key, second)
    }
    if (!told.death || (this.lived.get(key) ?? 0) > second) return
    this.later(this.lived, key, second)
    if (told.death === 'Y') this.dead.add(key)
    else this.dead.delete(key)
  }

  private call(stay: StayRow, told: Told): boolean {
    const name = told.name ? `${told.name[1]} ${told.name[0]}` : stay.name
    const born = iso(told.born) ?? stay.born
    const isOther = name !== stay.name || born !== stay.born
    Object.assign(stay, { name, born })
    return isOther
  }

  private die(key: string, second: number): void {
    this.dead.add(key)
    this.later(this.lived, key, second)
    this.later(this.placed, key, second)
  }

  private leave(stay: StayRow): void {
    Object.assign(stay, { bed: null, byHand: false, changedMs: this.nowMs })
  }

  private later(last: Map<string, number>, key: string, second: number): void {
    last.set(key, Math.max(last.get(key) ?? 0, second))
  }

  private handMs(key: string): number {
    const theirs = this.stays.filter((stay) => stay.byHand && fold(stay.number) === key)
    return Math.max(0, ...theirs.map(({ changedMs }) => changedMs))
  }
}
