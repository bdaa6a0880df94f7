/** What an outpatient's page can show, and what whoever sits before it can do. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Call } from '../core/call-state.ts'
import type { GuestParty, StaffParty } from '../protocol/people.ts'
import type { VisitEnd, VisitYours } from '../protocol/visit-messages.ts'
import type { Calls } from './calls.ts'
import type { Connection } from './connection.ts'
import type { LanguageChoice } from './language.ts'
import type { Door, DoorPage } from './visit-door.ts'
import type { LastCall } from './visit-last.ts'
import type { VisitCamera } from './visit-photo-ports.ts'
import type { Browser } from './visit-ports.ts'
import type { Trying } from './visit-trying.ts'

export type VisitPage =
  | DoorPage
  | { readonly type: 'joining' }
  | { readonly type: 'testing' }
  /** Who is before them is said in `yours`. */
  | { readonly type: 'waiting' }
  | { readonly type: 'called'; readonly call: Call }
  | { readonly type: 'seated' }
  | { readonly type: 'left' }
  /** Another window of this browser has it. */
  | { readonly type: 'elsewhere' }
  | { readonly type: 'over'; readonly why: VisitEnd; readonly by: StaffParty | null; readonly rating: Rating }

/** `none`: nothing is asked. */
export type Rating = 'none' | 'asked' | 'sending' | 'thanked' | 'failed'

export type Stars = 1 | 2 | 3 | 4 | 5

export type OutpatientVisit = {
  readonly page: ReadonlySignal<VisitPage>
  readonly door: Door
  readonly yours: ReadonlySignal<VisitYours | null>
  readonly last: ReadonlySignal<LastCall>
  readonly connection: Signal<Connection>
  readonly calls: Calls
  readonly me: ReadonlySignal<GuestParty | null>
  readonly ward: ReadonlySignal<string>
  readonly demo: ReadonlySignal<boolean>
  /** `blocked`: this page cannot ring before it was touched. */
  readonly sound: ReadonlySignal<'on' | 'blocked'>
  /** How far the server's clock is ahead of this device's. */
  readonly aheadMs: ReadonlySignal<number>
  readonly speech: LanguageChoice
  readonly browser: Browser
  readonly trying: Trying
  /** For a photo in a call. */
  readonly camera: () => Promise<VisitCamera>
  /** Where to ring, as far as it is known. */
  phone(): string | null
  /** To be called from a touch: a browser keeps a page silent until then. */
  arm(): void
  answer(how: 'video' | 'sound'): void
  notNow(): void
  openTest(): void
  /** To the waiting room, whatever was tried. */
  closeTest(): void
  /** Will not wait any longer; the same link leads back. */
  leave(): void
  comeBack(): void
  rate(stars: Stars): Promise<void>
}
