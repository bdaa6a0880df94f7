/** Till personalen: ringa en kollega vid namn eller jour, ha jour och be om att bli uppringd. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  colleague: {
    open: 'Ring en kollega',
    title: 'Ring en kollega',
    find: 'Namn, roll eller jour',
    loading: 'Ser efter vem som är här…',
    failed: 'Det gick inte att läsa vem som är här. Stäng och försök igen.',
    notFound: 'Ingen med det namnet och ingen sådan jour.',
    duties: 'Jour',
    people: 'Personer',
    call: 'Ring {name}',
    ringing: 'Ringer den som är {duty}',
    calledAs: 'Ringer dig som: {duty}',
  },
  reached: {
    here: '{count, plural, one {vid en skärm} other {vid # skärmar}}',
    busy: 'i samtal',
    phone: 'endast per telefon',
    away: 'kan inte nås här nu',
  },
  duty: {
    nobody: 'Ingen har sagt att den har jour',
    mine: 'Jag har jour som …',
    mineNow: 'Jag har jour som: {duties}',
    means:
      'Samtal dit ringer på dina skärmar från och med nu. Det upphör av sig självt efter 13 timmar, och ni kan vara flera.',
    alone: 'Ingen annan har sagt att den är {duty}. Lämna över innan du släpper den.',
  },
  consult: {
    title: 'Ring tillbaka',
    ask: 'Be om att bli uppringd',
    askOf: 'Be {name} ringa tillbaka',
    means:
      'De får veta det på skärmar och telefoner, igen efter 2 minuter, och efter 5 går det vidare. Du ser här vem som ringer.',
    meansOne: 'De får veta det på skärmar och telefon, och igen efter 2 minuter. Du ser här när de ringer.',
    reason: 'Vad det gäller, utan patientens namn',
    send: 'Be',
    notNow: 'Inte nu',
    sent: 'Begärt. Du ser överst hur det går.',
    failed: 'Inte begärt: servern svarade inte. Ring med telefon.',
    asks: '{name} ber dig ringa tillbaka',
    asksDuty: '{name} ber {duty} ringa tillbaka',
    asked: 'Du bad {name} ringa tillbaka',
    answered: '{name} svarade.',
    callBack: 'Ring tillbaka',
    callBackTo: 'Ring tillbaka till {name}',
    later: 'Sett, om',
    minutes: '{count} min',
    laterTo: 'Säg till {name}: sett, om {count} min',
    done: 'Klart',
    doneFor: 'Klart: {name}',
    takeBack: 'Ta tillbaka',
    takeBackFrom: 'Ta tillbaka det som {name} ombads',
  },
  states: {
    waiting: 'Ingen har sett det än',
    passed: 'Skickat vidare till {name}. Inte sett än',
    unanswered: 'Ingen har svarat. Ring med telefon',
    seen: '{name} ringer senast {time}',
    promised: '{name} ringer senast {time}',
  },
} as const satisfies Like<typeof en>
