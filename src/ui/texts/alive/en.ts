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
} as const
