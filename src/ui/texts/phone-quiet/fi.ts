/** Suomi. Henkilökunnalle: milloin omiin puhelimiin ei ilmoiteta. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  quiet: {
    title: 'Hiljaiset tunnit',
    means:
      'Näiden kellonaikojen välillä, osaston kellon mukaan, yhteenkään puhelimeesi ei ilmoiteta. Asemat soivat silti: mikään pyyntö ei odota puhelinta.',
    from: 'Ei ilmoituksia alkaen',
    until: 'asti',
    keep: 'Tallenna hiljaiset tunnit',
    drop: 'Ei hiljaisia tunteja',
    none: 'Ei hiljaisia tunteja: puhelimiisi ilmoitetaan milloin vain.',
    daily: 'Puhelimiisi ei ilmoiteta klo {from}–{until} minään päivänä.',
    now: 'Nyt on hiljaista klo {until} asti.',
    both: 'Täytä molemmat kellonajat.',
    same: 'Alku ja loppu ovat sama kellonaika. Valitse kaksi eri aikaa.',
    failed: 'Tallennus ei onnistunut. Mikään ei muuttunut. Yritä uudelleen.',
  },
} as const satisfies Like<typeof en>
