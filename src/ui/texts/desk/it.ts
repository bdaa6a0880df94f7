/** A chi pulisce un tablet. */

export default {
  cleaning: {
    open: 'Pulizia',
    title: 'Bloccare lo schermo per la pulizia?',
    lead: 'Per cinque minuti non reagisce al tocco. Una chiamata suona lo stesso e lo sblocca subito.',
    lock: 'Blocca per cinque minuti',
    not: 'Non ora',
    locked: 'Ora può pulire questo schermo.',
    ignores: 'Non reagisce al tocco. Una chiamata suona lo stesso.',
    left: 'Si sblocca tra {time}',
    end: 'Tenga premuto tre secondi per terminare',
  },
  staff: {
    open: 'Per il personale',
  },
  selfTest: {
    offer: 'Prova questo tablet',
  },
} as const
