/** Italiano. Al personale: quando i propri telefoni non sono avvisati. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  quiet: {
    title: 'Ore di silenzio',
    means:
      'Tra questi orari, secondo l’orologio del reparto, nessuno dei suoi telefoni è avvisato. Le postazioni suonano comunque: nessuna richiesta aspetta un telefono.',
    from: 'Nessun avviso dalle',
    until: 'alle',
    keep: 'Salva le ore di silenzio',
    drop: 'Nessuna ora di silenzio',
    none: 'Nessuna ora di silenzio: i suoi telefoni sono avvisati in ogni momento.',
    daily: 'I suoi telefoni non sono avvisati dalle {from} alle {until}, ogni giorno.',
    now: 'Ora è silenzio, fino alle {until}.',
    both: 'Compili entrambi gli orari.',
    same: 'I due orari sono uguali. Ne scelga due diversi.',
    failed: 'Non è stato possibile salvare. Nulla è cambiato. Riprovi.',
  },
} as const satisfies Like<typeof en>
