/** Italiano. Diamo del Lei, con calore e in breve. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Partecipi a una chiamata',
    lead: 'Apra il link ricevuto dal reparto, oppure scriva qui il codice.',
    label: 'Codice',
    hint: '26 lettere e cifre. Maiuscole, spazi e trattini non contano.',
    wrong: 'Il codice non è completo: ha 26 lettere e cifre.',
    send: 'Continua',
  },
  looking: {
    starting: 'Avvio…',
    title: 'Cerchiamo la Sua chiamata…',
    again: 'Riprova',
  },
  invited: {
    title: '{name}, {role}, La invita a una chiamata',
    you: 'Partecipa come {name}, {role}.',
    notYou: 'Non è Lei? Chiuda questa pagina e lo dica a chi Le ha dato il link.',
    before:
      'Non è ancora acceso niente. Quando preme Partecipa, il browser chiede di usare la videocamera e il microfono.',
    join: 'Partecipa',
    again: 'Poi prema di nuovo Partecipa.',
  },
  trying: {
    title: 'Proviamo la videocamera e il microfono…',
    todo: 'Se il browser lo chiede, scelga Consenti. Poi si spengono di nuovo finché non La fanno entrare.',
  },
  joining: {
    title: 'Connessione al reparto…',
    lost: 'L’ospedale non risponde. La pagina continua a provare; controlli la rete.',
  },
  waiting: {
    title: '{name} La sta facendo entrare',
    titleWard: '{ward} La sta facendo entrare',
    off: 'La videocamera e il microfono sono spenti finché non è nella chiamata.',
    look: 'Veda la Sua immagine',
    lookAway: 'Spegni la mia immagine',
    onlyYou: 'La vede solo Lei. Nessun altro La vede o La sente ancora.',
    long: 'Non L’ha ancora fatta entrare nessuno.',
    longTodo:
      'Forse sono impegnati con il paziente. Può aspettare qui o telefonare al reparto. Il link è già usato: tenga aperta questa pagina.',
  },
  call: {
    title: 'La Sua chiamata',
    people: 'Nella chiamata',
    you: 'Lei: {name}, {role}',
    leave: 'Esci',
    mute: 'Spegni il mio microfono',
    unmute: 'Accendi il mio microfono',
    lost: 'L’ospedale al momento non risponde. La chiamata continua finché può.',
  },
  over: {
    left: { said: 'Ha lasciato la chiamata.', todo: 'Per tornare, chieda al reparto un nuovo link.' },
    ended: { said: 'La chiamata è finita.', todo: 'Può chiudere questa pagina.' },
    refused: {
      said: 'Non è stato possibile farLa entrare.',
      todo: 'Forse la chiamata è finita o l’infermiere è stato chiamato altrove. Telefoni al reparto se vuole ancora partecipare.',
    },
    declined: {
      said: 'Il paziente preferisce che ora non partecipi nessun altro.',
      todo: 'È una sua scelta e non dice nulla di Lei. Il reparto può dirLe quando sarà un momento migliore.',
    },
    unanswered: {
      said: 'Il paziente non ha risposto, quindi non è stato possibile partecipare.',
      todo: 'Forse sta riposando. Chieda più tardi al reparto un nuovo link.',
    },
    'unknown-code': {
      said: 'Questo link o codice non funziona, o non più.',
      todo: 'Vale dieci minuti, finché dura la chiamata. Ne chieda uno nuovo a chi glielo ha dato.',
    },
    'used-code': {
      said: 'Questo link è già stato usato.',
      todo: 'Ogni link funziona una volta. Se non l’ha usato Lei, lo dica al reparto. Ne chieda uno nuovo.',
    },
    gone: {
      said: 'La chiamata di questo link è finita.',
      todo: 'Chieda al reparto un nuovo link, se ne ha bisogno.',
    },
    full: {
      said: 'Nella chiamata ci sono già quattro persone.',
      todo: 'Chieda al reparto di avvisarLa quando c’è posto.',
    },
    unverified: {
      said: 'Non era certo che fosse l’ospedale, quindi non è iniziato niente.',
      todo: 'Nessuno L’ha vista o sentita. Telefoni al reparto e chieda un nuovo link.',
    },
    'connection-lost': {
      said: 'La connessione alla chiamata è stata persa.',
      todo: 'Controlli la rete, poi chieda al reparto un nuovo link.',
    },
    camera: {
      said: 'La videocamera o il microfono si è fermato, quindi ha lasciato la chiamata.',
      todo: 'Chieda al reparto un nuovo link.',
    },
    elsewhere: { said: 'La Sua chiamata è aperta in un’altra finestra.', todo: 'Continua lì.' },
    'no-store': {
      said: 'Questa finestra del browser non può conservare niente, quindi non può partecipare.',
      todo: 'Apra il link in una finestra normale, non privata, o su un altro dispositivo.',
    },
  },
  after: {
    another: 'Scrivi un altro codice',
    useHere: 'Usa qui',
  },
} as const satisfies Like<typeof en>
