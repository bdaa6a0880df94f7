/** What is wrong with a tablet, and what to do. */
export default {
  board: { away: 'Away since {time}: a knock rings.' },
  troubles: {
    silent: 'Does not answer: wake the tablet, or restart it',
    camera: 'Camera not allowed: allow it in the tablet’s browser, for this page',
    microphone: 'Microphone not allowed: allow it in the tablet’s browser, for this page',
    start: 'Touch once: press Start on the tablet',
    sound: 'Cannot ring aloud: touch the tablet once',
    battery: 'Battery under 20 %: plug the tablet in',
    asleep: 'May go dark: bring Bedside to the front on the tablet',
    clock: 'Its clock is wrong: set date and time on the tablet',
  },
  staffCode: {
    title: 'Staff code',
    intro:
      'Six digits that open the settings of every tablet of this ward, with a network or without. Staff read them here and in any bed’s details.',
    show: 'Show the staff code',
    hide: 'Hide the staff code',
    means: 'Opens the settings of any tablet: press For staff on it.',
    made: 'Made {time}.',
    renew: 'New code',
    reallyRenew: 'Make a new staff code?',
    renewMeans: 'The code before stops working on each tablet as soon as it reaches the server.',
    keep: 'Keep the present one',
  },
} as const
