/** Al personale: chiamare un collega per nome o per reperibilità, essere reperibile e chiedere di essere richiamati. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  colleague: {
    open: 'Chiama un collega',
    title: 'Chiama un collega',
    find: 'Nome, ruolo o reperibilità',
    loading: 'Si guarda chi c’è…',
    failed: 'Non è stato possibile leggere chi c’è. Chiuda e riprovi.',
    notFound: 'Nessuno con quel nome e nessuna reperibilità così.',
    duties: 'Reperibili',
    people: 'Persone',
    call: 'Chiama {name}',
    ringing: 'Si chiama chi è {duty}',
    calledAs: 'La chiama come: {duty}',
  },
  reached: {
    here: '{count, plural, one {a uno schermo} other {a # schermi}}',
    busy: 'in chiamata',
    phone: 'solo per telefono',
    away: 'ora non è raggiungibile qui',
  },
  duty: {
    nobody: 'Nessuno ha detto di essere reperibile',
    mine: 'Sono reperibile come …',
    mineNow: 'Sono reperibile come: {duties}',
    means:
      'Le chiamate per questo ruolo suonano da ora sui suoi schermi. Finisce da sé dopo 13 ore, e potete essere più d’uno.',
    alone: 'Nessun altro ha detto di essere {duty}. Passi la consegna prima di lasciarla.',
  },
  consult: {
    title: 'Richiamare',
    ask: 'Chiedi di essere richiamato',
    askOf: 'Chiedi a {name} di richiamare',
    means:
      'Vengono avvisati sugli schermi e sui telefoni, di nuovo dopo 2 minuti, e dopo 5 la richiesta passa oltre. Qui si vede chi chiamerà.',
    meansOne:
      'Viene avvisato sugli schermi e sul telefono, e di nuovo dopo 2 minuti. Qui si vede quando chiamerà.',
    reason: 'Di che cosa si tratta, senza il nome di un paziente',
    send: 'Chiedi',
    notNow: 'Non ora',
    sent: 'Chiesto. In alto si vede come prosegue.',
    failed: 'Non chiesto: il server non ha risposto. Chiami per telefono.',
    asks: '{name} le chiede di richiamare',
    asksDuty: '{name} chiede a {duty} di richiamare',
    asked: 'Ha chiesto a {name} di richiamare',
    answered: 'Ha risposto {name}.',
    callBack: 'Richiama',
    callBackTo: 'Richiama {name}',
    later: 'Visto, tra',
    minutes: '{count} min',
    laterTo: 'Di’ a {name}: visto, tra {count} min',
    done: 'Fatto',
    doneFor: 'Fatto: {name}',
    takeBack: 'Ritira',
    takeBackFrom: 'Ritira ciò che è stato chiesto a {name}',
  },
  states: {
    waiting: 'Nessuno l’ha ancora visto',
    passed: 'Passato a {name}. Non ancora visto',
    unanswered: 'Nessuno ha risposto. Chiami per telefono',
    seen: '{name} chiama entro le {time}',
    promised: '{name} chiama entro le {time}',
  },
} as const satisfies Like<typeof en>
