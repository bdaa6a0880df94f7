/** Svenska. Vem man tar hand om i dag. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    mine: 'Jag tar hand om den här sängen',
  },
  line: {
    label: 'Skriv till patienten',
    show: 'Visa',
    shown: 'Patienten läser: {text}',
    takeBack: 'Ta bort',
  },
  outcome: {
    title: 'Vad blir det av samtalet?',
    means: 'Ett tryck, eller inget. Det antecknas med samtalet.',
    noted: 'Noterat.',
    notedOffline: 'Inte antecknat ännu. Håll sidan öppen tills servern är tillbaka.',
  },
  outcomes: {
    done: 'Klart',
    visit: 'Gå dit',
    later: 'Ring senare',
    nothing: 'Inget behövs',
  },
  round: {
    title: 'Rond',
    start: 'Ringrond',
    next: 'Näst: säng {label}',
    callNext: 'Ring till säng {label}',
    left: '{count, plural, one {den sista} other {{count} sängar kvar}}',
    end: 'Avsluta ronden',
    over: 'Ronden är klar.',
    talked:
      '{count, plural, =0 {Du pratade inte med någon.} one {Du pratade med 1 patient.} other {Du pratade med {count} patienter.}}',
    missed: 'Inte nådda',
    one: 'Säng {label}: {why}',
    sofar: 'Inte nådda än: {beds}',
  },
  missed: {
    privacy: 'ostörd',
    offline: 'ingen kontakt',
    busy: 'i ett annat samtal',
    'in-person': 'bara på plats',
    unanswered: 'inget svar',
  },
} as const satisfies Like<typeof en>
