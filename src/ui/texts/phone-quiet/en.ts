/** To staff: when their own telephones are not told. */
export default {
  quiet: {
    title: 'Quiet hours',
    means:
      'Between these times, by the ward’s clock, none of your phones is told. Stations sound all the same: no request waits for a phone.',
    from: 'Not told from',
    until: 'until',
    keep: 'Save quiet hours',
    drop: 'No quiet hours',
    none: 'No quiet hours: your phones are told at any time.',
    daily: 'Your phones are not told from {from} to {until}, every day.',
    now: 'It is quiet now, until {until}.',
    both: 'Fill in both times.',
    same: 'From and until are the same time. Choose two different ones.',
    failed: 'That could not be saved. Nothing was changed. Try again.',
  },
} as const
