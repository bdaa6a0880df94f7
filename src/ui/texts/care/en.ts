/** Whom somebody cares for today. */
export default {
  care: {
    title: 'Who do you care for today?',
    means:
      'Patients see your name on their tablet. It ends by itself after 13 hours, or when you take other beds.',
    take: '{count, plural, =0 {Care for no bed} one {Care for this bed} other {Care for these {count} beds}}',
    offline: 'The server is needed for this. Try again when it is back.',
  },
  line: {
    label: 'Write to the patient',
    show: 'Show',
    shown: 'They read: {text}',
    takeBack: 'Take it back',
  },
} as const
