/** Svenska. Ett samtal med fler än två; `asked` är till patienten. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  table: {
    people: 'I samtalet: {people}',
    video: 'Bild av {name}',
    muted: 'Mikrofonen av',
    lost: 'Anslutningen bröts',
    reaching: 'Söker {who}…',
    ringing: 'Ringer till {who}…',
    patientAsked: 'Patienten tillfrågas…',
    elapsed: '{count} s',
    takeBack: 'Ta tillbaka',
    takeBackWho: 'Ta tillbaka: {who}',
    askedTo: 'ber dig komma till ett samtal med {place}',
    askedIn: 'ber dig komma till ett samtal',
  },
  covers: {
    connecting: 'Ansluter…',
    reconnecting: 'Ansluter igen…',
    waiting: 'Väntar på bilden…',
    stopped: 'Bilden har stannat',
    cameraOff: 'Kameran är av',
    held: 'Bilden är pausad',
  },
  asked: {
    label: '{name} vill gärna ta med: {who}',
    wish: '{name} vill gärna ta med:',
    off: 'Ingen kommer in förrän du säger ja.',
    comesIn: 'Kommer in om {count, plural, one {# sekund} other {# sekunder}}',
    yes: 'Släpp in',
    no: 'Nej',
  },
  parted: {
    left: '{name} har lämnat samtalet.',
    lost: 'Anslutningen till {name} bröts.',
    declined: '{name} kan inte komma nu.',
    unanswered: '{name} svarade inte.',
    unwanted: 'Patienten ville inte att {name} skulle vara med.',
    unheard: 'Patienten svarade inte, så {name} kom inte med.',
    busy: '{name} är i ett annat samtal.',
    full: 'Det är redan fyra i samtalet: {name} kunde inte bjudas in.',
    unverified: 'Det var inte säkert att det var {name}, så personen släpptes inte in.',
    notIn: '{name} kom inte in.',
    notAsked: '{name} kunde inte bjudas in.',
  },
} as const satisfies Like<typeof en>
