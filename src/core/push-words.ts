/** What a telephone shows of a request of a patient or a colleague, of a scan for them or of a video visit, in every language of the app: that there is one, and nothing else (HZ-6). */
import type { Language } from './languages.ts'
import type { AlarmLevel } from './requests-state.ts'

/** `consult`: a colleague asks for a call back. `copy`: one has sent a copy of a scan. `visitor`: an outpatient has come to a video visit. */
export type PushTitle = AlarmLevel | 'consult' | 'copy' | 'visitor'

type PushWords = Readonly<Record<PushTitle | 'open', string>>

export const pushWords: Readonly<Record<Language, PushWords>> = {
  en: {
    first: 'A patient asks for a nurse',
    again: 'A patient is still waiting for a nurse',
    ward: 'Nobody has come to a patient yet',
    consult: 'A colleague asks you to call back',
    copy: 'A colleague has sent you a scan',
    visitor: 'A patient waits for a video visit',
    open: 'Open Bedside to see who and why.',
  },
  fi: {
    first: 'Potilas pyytää hoitajaa',
    again: 'Potilas odottaa yhä hoitajaa',
    ward: 'Potilaan luo ei ole vielä tullut kukaan',
    consult: 'Kollega pyytää sinua soittamaan takaisin',
    copy: 'Kollega on lähettänyt sinulle kuvauksen',
    visitor: 'Potilas odottaa videokäyntiä',
    open: 'Avaa Bedside nähdäksesi, kuka ja miksi.',
  },
  sv: {
    first: 'En patient ber om en sjuksköterska',
    again: 'En patient väntar fortfarande på en sjuksköterska',
    ward: 'Ingen har kommit till en patient än',
    consult: 'En kollega ber dig ringa tillbaka',
    copy: 'En kollega har skickat dig en undersökning',
    visitor: 'En patient väntar på ett videobesök',
    open: 'Öppna Bedside för att se vem och varför.',
  },
  nl: {
    first: 'Een patiënt vraagt om een verpleegkundige',
    again: 'Een patiënt wacht nog op een verpleegkundige',
    ward: 'Er is nog niemand bij een patiënt gekomen',
    consult: 'Een collega vraagt u terug te bellen',
    copy: 'Een collega heeft u een scan gestuurd',
    visitor: 'Een patiënt wacht op een videobezoek',
    open: 'Open Bedside om te zien wie en waarom.',
  },
  it: {
    first: 'Un paziente chiede di un infermiere',
    again: 'Un paziente aspetta ancora un infermiere',
    ward: 'Nessuno è ancora andato da un paziente',
    consult: 'Un collega chiede di essere richiamato',
    copy: 'Un collega le ha inviato un esame',
    visitor: 'Un paziente aspetta una visita video',
    open: 'Apra Bedside per vedere chi e perché.',
  },
}
