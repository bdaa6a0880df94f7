/** What a telephone shows of a request, in every language of the app: that somebody asks, and nothing else (HZ-6). */
import type { Language } from './languages.ts'
import type { AlarmLevel } from './requests-state.ts'

type PushWords = Readonly<Record<AlarmLevel | 'open', string>>

export const pushWords: Readonly<Record<Language, PushWords>> = {
  en: {
    first: 'A patient asks for a nurse',
    again: 'A patient is still waiting for a nurse',
    ward: 'Nobody has come to a patient yet',
    open: 'Open Bedside to see who and why.',
  },
  fi: {
    first: 'Potilas pyytää hoitajaa',
    again: 'Potilas odottaa yhä hoitajaa',
    ward: 'Potilaan luo ei ole vielä tullut kukaan',
    open: 'Avaa Bedside nähdäksesi, kuka ja miksi.',
  },
  sv: {
    first: 'En patient ber om en sjuksköterska',
    again: 'En patient väntar fortfarande på en sjuksköterska',
    ward: 'Ingen har kommit till en patient än',
    open: 'Öppna Bedside för att se vem och varför.',
  },
  nl: {
    first: 'Een patiënt vraagt om een verpleegkundige',
    again: 'Een patiënt wacht nog op een verpleegkundige',
    ward: 'Er is nog niemand bij een patiënt gekomen',
    open: 'Open Bedside om te zien wie en waarom.',
  },
  it: {
    first: 'Un paziente chiede di un infermiere',
    again: 'Un paziente aspetta ancora un infermiere',
    ward: 'Nessuno è ancora andato da un paziente',
    open: 'Apra Bedside per vedere chi e perché.',
  },
}
