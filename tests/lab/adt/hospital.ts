/** A hospital that invents its own history, and a way to the ward that shuffles, doubles and spoils what it says of it. */
import { otherMarks, type Say, type Told, timeText } from '../../fakes/adt.ts'
import { between, type Chance, pick, pickWeighted } from '../prng.ts'
import type { Sent } from './model.ts'

type Person = {
  number: string
  name: readonly [string, string]
  born: string
  bed: string | null
  dead: boolean
}

/** `bytes`: as it leaves, where that is not what the text says. */
export type Letter = Sent & { readonly encoding: 'utf8' | 'latin1' }

const families = [
  'Öberg',
  "O'Neil",
  'Mäki & Co',
  'Nowak|x',
  'van der Berg',
  'Ricci^B',
  'Åström\\y',
  'Haddad~z',
]
const trackings = ['A09', 'A10', 'A21', 'A22', 'A32', 'A33', 'A52', 'A53']
const givens = ['Anna', 'Zoë', 'Jean-Luc', 'Åke', 'Leila', 'Ülle', 'Björn', 'Seán']

export class Hospital {
  readonly people: Person[]
  private readonly chance: Chance
  private readonly ward: string
  private readonly labels: readonly string[]
  private made = 0

  constructor(chance: Chance, ward: string, labels: readonly string[], people: Person[]) {
    this.chance = chance
    this.ward = ward
    this.labels = labels
    this.people = people
    while (people.length < labels.length + 6) people.push(this.somebody())
  }

  private somebody(): Person {
    this.made += 1
    const born = `19${between(this.chance, 20, 99)}0${between(this.chance, 1, 9)}1${between(this.chance, 0, 9)}`
    const name = [pick(this.chance, families), pick(this.chance, givens)] as const
    return { number: `MRN-${this.made}`, name, born, bed: null, dead: false }
  }

  /** Whether the hospital believes them to lie there. */
  agrees(number: string, bed: string | null): boolean {
    return this.people.some((one) => one.number === number && one.bed === bed)
  }

  /** What happens next, and the message that says so. */
  next(nowMs: number): Letter {
    const { trigger, people } = this.happen()
    this.made += 1
    const atSecond = Math.floor(nowMs / 1000)
    const say: Say = { trigger, people, controlId: `C${this.made}`, at: timeText(nowMs) }
    return this.dress({ say, atSecond, broken: null, encoding: 'utf8' })
  }

  private happen(): Pick<Say, 'trigger' | 'people'> {
    const inside = this.people.filter(({ bed }) => bed !== null)
    const outside = this.people.filter(({ bed, dead }) => bed === null && !dead)
    const free = this.labels.filter((label) => !this.people.some(({ bed }) => bed === label))
    const what = pickWeighted(this.chance, {
      ...{
        admit: outside.length > 0 ? 5 : 0,
        move: inside.length > 0 ? 3 : 0,
        out: inside.length > 0 ? 1 : 0,
      },
      ...{
        leave: inside.length > 0 ? 4 : 0,
        swap: inside.length > 1 ? 2 : 0,
        update: 3,
        merge: 1,
        death: 0.3,
        track: 3,
      },
    })
    const one = pick(this.chance, what === 'admit' ? outside : inside.length > 0 ? inside : this.people)
    switch (what) {
      case 'admit':
      case 'move': {
        // Now and then to a bed that is taken: hospitals do.
        const label =
          free.length > 0 && this.chance() < 0.95 ? pick(this.chance, free) : pick(this.chance, this.labels)
        if (free.includes(label)) one.bed = label
        const trigger =
          what === 'move'
            ? pick(this.chance, ['A02', 'A12'])
            : pick(this.chance, ['A01', 'A01', 'A13', 'A02'])
        return { trigger, people: [this.told(one, label)] }
      }
      case 'out':
        one.bed = null
        return { trigger: 'A02', people: [{ ...this.told(one, null), place: ['ICU', '', '1'] }] }
      case 'leave':
        one.bed = null
        return { trigger: pick(this.chance, ['A03', 'A03', 'A11']), people: [this.told(one, null)] }
      case 'swap':
        return this.swap(
          one,
          pick(
            this.chance,
            inside.filter((other) => other !== one),
          ),
        )
      case 'update':
        if (this.chance() < 0.5) one.name = [pick(this.chance, families), pick(this.chance, givens)]
        return { trigger: 'A08', people: [this.told(one, one.bed)] }
      case 'track':
        return { trigger: pick(this.chance, trackings), people: [this.onTheWay(one)] }
      case 'merge': {
        const former = one.number
        this.made += 1
        // Now and then with somebody who is somebody else.
        if (this.chance() < 0.1)
          return { trigger: 'A40', people: [{ ...this.told(pick(this.chance, this.people), null), former }] }
        one.number = `MRN-${this.made}`
        return { trigger: 'A40', people: [{ ...this.told(one, null), former }] }
      }
      case 'death':
        one.bed = null
        one.dead = true
        this.people.push(this.somebody())
        return {
          trigger: pick(this.chance, ['A08', 'A03']),
          people: [{ ...this.told(one, null), death: 'Y' }],
        }
    }
  }

  private swap(one: Person, other: Person): Pick<Say, 'trigger' | 'people'> {
    const [here, there] = [one.bed, other.bed]
    one.bed = there
    other.bed = here
    return { trigger: 'A17', people: [this.told(one, one.bed), this.told(other, other.bed)] }
  }

  /** Now and then at a place for a while, now and then to another ward, now and then without saying where. */
  private onTheWay(one: Person): Told {
    const told = this.chance() < 0.8 ? this.told(one, one.bed) : this.told(one, null)
    if (this.chance() < 0.1) return { ...told, place: ['ICU', '', '1'] }
    return told.place && this.chance() < 0.2 ? { ...told, out: ['XRAY', '1', ''] } : told
  }

  private told({ number, name, born, dead }: Person, bed: string | null): Told {
    const place = bed === null ? {} : { place: [this.ward, this.chance() < 0.3 ? '7' : '', bed] as const }
    return { number, name, born, ...place, ...(dead ? { death: 'Y' as const } : {}) }
  }

  /** Things that must make no difference. */
  private dress(letter: Letter): Letter {
    const isOther = this.chance() < 0.15
    const isLatin = this.chance() < 0.15
    const more = this.chance() < 0.3 ? [`ZPV|${between(this.chance, 1, 99)}|x^y`] : undefined
    const say = {
      ...letter.say,
      ...(isOther && { marks: otherMarks }),
      ...(isLatin && { charset: '8859/1' }),
      ...(more && { more }),
      version: pick(this.chance, ['2.3', '2.5.1', '2.7']),
    }
    return { ...letter, say, encoding: isLatin ? 'latin1' : 'utf8' }
  }

  /** One thing is wrong with it, under a control id of its own. */
  spoil(letter: Letter): Letter {
    this.made += 1
    const how = pick(this.chance, spoilings)
    return how({ ...letter, say: { ...letter.say, controlId: `S${this.made}` } }, this.ward)
  }
}

type Spoiling = (letter: Letter, ward: string) => Letter

const broken = (letter: Letter, text: string, say: Partial<Say>): Letter => ({
  ...letter,
  broken: text,
  say: { ...letter.say, ...say },
})

function without(key: keyof Told): Spoiling {
  return (letter) => {
    const people = letter.say.people.map((one) => {
      const { [key]: _, ...rest } = one
      return rest
    })
    return { ...letter, say: { ...letter.say, people } }
  }
}

const spoilings: readonly Spoiling[] = [
  without('number'),
  without('born'),
  without('name'),
  without('place'),
  without('former'),
  (letter, ward) => ({
    ...letter,
    say: {
      ...letter.say,
      people: letter.say.people.map((one) => ({ ...one, place: [ward, '', '99'] as const })),
    },
  }),
  (letter, ward) => ({
    ...letter,
    say: {
      ...letter.say,
      people: letter.say.people.map((one) => ({ ...one, place: [ward, '', ''] as const })),
    },
  }),
  (letter) => ({
    ...letter,
    say: { ...letter.say, people: letter.say.people.map((one) => ({ ...one, born: '195013' })) },
  }),
  (letter) => ({ ...letter, atSecond: null, say: { ...letter.say, at: '' } }),
  (letter) => ({ ...letter, atSecond: null, say: { ...letter.say, at: 'yesterday' } }),
  (letter) => {
    const atSecond = (letter.atSecond ?? 0) + 9 * 86_400
    return { ...letter, atSecond, say: { ...letter.say, at: timeText(atSecond * 1000) } }
  },
  (letter) => ({ ...letter, say: { ...letter.say, controlId: 'C1' } }),
  (letter) => ({ ...letter, say: { ...letter.say, controlId: '' } }),
  (letter) =>
    broken(letter, 'Not one of A01 A02 A03 A08 A09 A10 A11 A12 A13 A17 A21 A22 A32 A33 A40 A52 A53', {
      trigger: 'A05',
    }),
  (letter) => broken(letter, 'The text is not in the character set of MSH-18', { charset: 'UNICODE UTF-16' }),
  (letter) => ({
    ...broken(letter, 'The text is not in the character set of MSH-18', {
      charset: 'UNICODE UTF-8',
      more: ['ZZZ|Åbo'],
    }),
    encoding: 'latin1',
  }),
  (letter) => broken(letter, 'This is no HL7 v2 message with a sound MSH segment', { version: 'spoilt' }),
]
