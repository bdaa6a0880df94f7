/** What a calendar outside says of an appointment, in every language of the app: the server writes it, and no screen. */
import type { AppointmentKind } from '../../protocol/plan.ts'
import type { Language } from '../languages.ts'

export type CalendarWords = {
  readonly kinds: Readonly<Record<AppointmentKind, string>>
  readonly bed: string
  readonly beds: string
  readonly join: string
}

export const calendarWords: Readonly<Record<Language, CalendarWords>> = {
  en: {
    kinds: { 'bed-call': 'Bedside call', round: 'Round', visit: 'Outpatient visit', note: 'Note' },
    bed: 'Bed',
    beds: 'Beds',
    join: 'Join by video',
  },
  fi: {
    kinds: {
      'bed-call': 'Puhelu vuoteelle',
      round: 'Kierto',
      visit: 'Poliklinikkakäynti',
      note: 'Muistiinpano',
    },
    bed: 'Vuode',
    beds: 'Vuoteet',
    join: 'Liity videolla',
  },
  sv: {
    kinds: { 'bed-call': 'Samtal till säng', round: 'Rond', visit: 'Mottagningsbesök', note: 'Anteckning' },
    bed: 'Säng',
    beds: 'Sängar',
    join: 'Anslut med video',
  },
  nl: {
    kinds: { 'bed-call': 'Gesprek aan bed', round: 'Visite', visit: 'Poliklinisch bezoek', note: 'Notitie' },
    bed: 'Bed',
    beds: 'Bedden',
    join: 'Deelnemen met video',
  },
  it: {
    kinds: {
      'bed-call': 'Chiamata al letto',
      round: 'Giro visite',
      visit: 'Visita ambulatoriale',
      note: 'Nota',
    },
    bed: 'Letto',
    beds: 'Letti',
    join: 'Partecipa in video',
  },
}
