/** To whoever cleans a tablet. */

export default {
  cleaning: {
    open: 'Cleaning',
    title: 'Lock the screen for cleaning?',
    lead: 'It then ignores every touch for five minutes. A call still rings and unlocks it at once.',
    lock: 'Lock for five minutes',
    not: 'Not now',
    locked: 'You may wipe this screen.',
    ignores: 'It ignores every touch. A call still rings.',
    left: 'Unlocks in {time}',
    end: 'Hold three seconds to end cleaning',
  },
  staff: {
    open: 'For staff',
  },
  selfTest: {
    offer: 'Test this tablet',
  },
} as const
