/** Italiano. Al personale che apre le impostazioni di un tablet. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Codice del personale',
    pad: 'Cifre',
    erase: 'Cancella l’ultima cifra',
    close: 'Chiudi',
    typed: '{typed, number} di {all, number} cifre inserite',
    where: 'Sei cifre. Il personale le legge a una postazione, nei dettagli di qualsiasi letto.',
    waits: 'Un momento …',
    wrong:
      'Il codice non è questo. Ancora {left, plural, one {# tentativo} other {# tentativi}}, poi il tablet aspetta.',
    pauses: 'Diversi codici sbagliati. Si può riprovare tra {time}.',
    untold:
      'Questo tablet non conosce ancora il codice del personale. Lo riceve appena raggiunge il server: controlli Wi-Fi e corrente e riprovi.',
    broken:
      'La memoria di questo tablet non si può scrivere, quindi nessun codice si può provare. Riavvii il tablet.',
  },
  page: {
    title: 'Impostazioni di questo tablet',
    close: 'Chiudi',
    test: 'Autotest',
    ring: 'Suona una volta',
    anew: 'Ricarica',
    update: 'Aggiorna adesso',
    leave: 'Togli dal letto',
  },
  names: {
    bed: 'Posto',
    app: 'App',
    server: 'Server',
    relay: 'Relay',
    allowed: 'Permessi',
    sound: 'Suono',
    screen: 'Schermo',
    memory: 'Memoria',
    battery: 'Batteria',
    clock: 'Orologio',
  },
  server: {
    ready: 'Raggiunto.',
    connecting: 'Si sta chiedendo …',
    updating: 'Raggiunto, e vuole un’app più recente. La si sta scaricando.',
    unreachable: 'Non raggiunto dalle {time}. Controlli il Wi-Fi di questo tablet, poi avvisi l’IT.',
    uncertified: 'Raggiunto. Un amministratore deve ancora firmare questo tablet.',
    replaced: 'È in uso un’altra finestra di questo tablet. Ne chiuda una.',
    revoked: 'Questo tablet non è più di nessun letto. Lo tolga qui dal letto, poi lo associ di nuovo.',
  },
  said: {
    looking: 'Si sta guardando …',
    bed: '{place}. L’id termina con {id}.',
    noBed: 'Nessuno.',
    app: 'Versione {build}. Nessun aggiornamento in attesa.',
    appWaits: 'Versione {build}. Un aggiornamento aspetta che nessuno tocchi il tablet per un minuto.',
    appTaken: 'Versione {build}. L’aggiornamento è in corso; poi la pagina si ricarica.',
    appUnknown: 'La versione non è nota.',
    relayTried: 'Si provano le vie …',
    relayNone: 'Nessuna via provata: non c’è un relay, o il server non è stato raggiunto.',
    relayOpen: 'Raggiunto per {open}.',
    relayClosed: 'Nessuna via vi porta. Avvisi l’IT: le porte possono essere chiuse in questa rete.',
    relaySome: 'Raggiunto per {open}, non per {closed}. Avvisi l’IT.',
    allowed: 'Videocamera e microfono sono permessi.',
    notAllowed: 'Permetta videocamera e microfono nelle impostazioni del browser.',
    allowedUnknown: 'Il browser non lo dice. Lo mostra l’autotest.',
    soundOn: 'Una chiamata si sente.',
    soundBlocked: 'Bloccato finché qualcuno non tocca lo schermo.',
    screenOn: 'Resta acceso.',
    screenOff: 'Può spegnersi. Imposti lo spegnimento dello schermo del tablet su mai.',
    memoryKept: 'Si conserva. {used, number} di {quota, number} MB usati.',
    memoryNotKept:
      'Il browser può svuotarla. Installi l’app nella schermata Home. {used, number} di {quota, number} MB usati.',
    memoryUnknown: 'Il browser non lo dice.',
    charging: '{percent, number} %, in carica.',
    draining: '{percent, number} %, non in carica. Lo colleghi.',
    batteryUnknown: 'Il browser non lo dice.',
    clockRight: 'Concorda con quello del server.',
    clockBehind:
      '{minutes, plural, one {# minuto} other {# minuti}} indietro. Imposti data e ora del tablet.',
    clockAhead: '{minutes, plural, one {# minuto} other {# minuti}} avanti. Imposti data e ora del tablet.',
    clockUnknown: 'Non confrontato: il server non si è ancora sentito.',
  },
  leave: {
    title: 'Viene tolto dal letto',
    ask: 'Togliere questo tablet da {place}?',
    means:
      'Dimentica chi vi si trova. Nessuno può chiamare quel letto finché non vi si associa un tablet con un nuovo codice.',
    untold:
      'Ora il server non può saperlo: revochi il tablet anche nella pagina Tablet degli amministratori.',
    sure: 'Davvero? {place} resta senza tablet.',
    surely: 'Il paziente non può essere chiamato e qui non può chiedere del suo infermiere.',
    keep: 'Lascialo al letto',
    go: 'Togli',
    goNow: 'Togli adesso',
    goes: 'Un momento …',
    failed:
      'Non tutto del paziente si è potuto cancellare. Non dia il tablet ad altri: lo riavvii e riprovi.',
    back: 'Torna alle impostazioni',
  },
} as const satisfies Like<typeof en>
