/** Voor wie een tablet schoonmaakt. */

export default {
  cleaning: {
    open: 'Schoonmaken',
    title: 'Scherm vergrendelen om schoon te maken?',
    lead: 'Het reageert dan vijf minuten niet op aanraking. Een oproep gaat toch over en ontgrendelt het meteen.',
    lock: 'Vijf minuten vergrendelen',
    not: 'Niet nu',
    locked: 'U mag dit scherm afvegen.',
    ignores: 'Het reageert niet op aanraking. Een oproep gaat toch over.',
    left: 'Ontgrendelt over {time}',
    end: 'Drie seconden vasthouden om te stoppen',
  },
  staff: {
    open: 'Voor personeel',
  },
  selfTest: {
    offer: 'Deze tablet testen',
  },
} as const
