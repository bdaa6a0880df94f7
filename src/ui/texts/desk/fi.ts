/** Tabletin siivoojalle. */

export default {
  cleaning: {
    open: 'Siivous',
    title: 'Lukitaanko näyttö siivousta varten?',
    lead: 'Se ei silloin reagoi kosketukseen viiteen minuuttiin. Puhelu soi silti ja avaa lukituksen heti.',
    lock: 'Lukitse viideksi minuutiksi',
    not: 'Ei nyt',
    locked: 'Tämän näytön voi nyt pyyhkiä.',
    ignores: 'Se ei reagoi kosketukseen. Puhelu soi silti.',
    left: 'Aukeaa: {time}',
    end: 'Lopeta siivous: paina kolme sekuntia',
  },
  staff: {
    open: 'Henkilökunnalle',
  },
  selfTest: {
    offer: 'Testaa tämä tabletti',
  },
} as const
