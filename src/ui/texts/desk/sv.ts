/** Till den som rengör en surfplatta. */

export default {
  cleaning: {
    open: 'Rengöring',
    title: 'Låsa skärmen för rengöring?',
    lead: 'Den reagerar då inte på beröring på fem minuter. Ett samtal ringer ändå och låser upp den genast.',
    lock: 'Lås i fem minuter',
    not: 'Inte nu',
    locked: 'Du kan torka av skärmen.',
    ignores: 'Den reagerar inte på beröring. Ett samtal ringer ändå.',
    left: 'Låses upp om {time}',
    end: 'Håll i tre sekunder för att avsluta',
  },
  staff: {
    open: 'För personal',
  },
  selfTest: {
    offer: 'Testa den här surfplattan',
  },
} as const
