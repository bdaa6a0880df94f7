/** What two people read to each other so that both know that nobody is between them. */
export default {
  compare: {
    title: 'Compare three words',
    why: 'Read them to each other. If they are the same, nobody is between you.',
    languages: 'Different languages? Compare the numbers.',
    same: 'They are the same',
    differ: 'They differ',
    done: 'Words compared: nobody is between you.',
    differMeans: 'Somebody may be listening. The call ends.',
    /** Each language has its own; a word is its place in the list. */
    words:
      'apple bridge candle dog egg fish garden house beach key lamp moon nest orange piano queen river sun table umbrella violin window bread cat door elephant flower glass horse ice kite lemon mountain needle owl pencil rain ship tree wheel bell clock drum feather gold hat spoon leaf milk nut paper ring snow train wolf bear cloud forest honey letter mouse star tower salt',
  },
} as const
