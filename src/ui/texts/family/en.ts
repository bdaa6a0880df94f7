/** To family who visit somebody in hospital from home: second person, no jargon, nothing about the patient's health. */
export default {
  page: { starting: 'Starting…', title: 'Visit', looking: 'Asking the ward…', again: 'Try again' },
  open: {
    title: 'Visit by video',
    you: 'You ring as {name}, at {ward}.',
    before:
      'Nothing is on yet. When you press Ring, your browser asks for your camera and microphone, and you are seen once they answer.',
    ring: 'Ring',
    again: 'Then press Ring again.',
  },
  resting: {
    title: 'Resting now.',
    hours: 'Visits {from}–{until}',
    none: 'No visits at the moment.',
    stay: 'You can leave this page open: it shows when you may ring.',
    look: 'Look again',
  },
  trying: { title: 'Trying your camera and microphone…', todo: 'If your browser asks, choose Allow.' },
  ringing: {
    title: 'Ringing…',
    todo: 'It may take a moment: they may need to reach the screen.',
    lost: 'The hospital does not answer. This page keeps trying; check your network.',
    stop: 'Stop ringing',
  },
  after: { again: 'Visit again' },
  noLink: {
    none: {
      said: 'Open the link that you were given.',
      todo: 'It lets you visit somebody on the ward by video. Ask the ward if you have lost it.',
    },
    wrong: { said: 'This is not a whole link.', todo: 'Open it again, or copy all of it.' },
    unknown: { said: 'This link is not in use any more.', todo: 'Ask the ward, or whoever gave it to you.' },
    used: {
      said: 'This link belongs to another device.',
      todo: 'It was first used there, and rings only from there. Ask the ward for a link of your own.',
    },
    unverified: {
      said: 'It is not certain that this link is from the hospital, so nothing was begun.',
      todo: 'Nobody saw or heard you. Telephone the ward.',
    },
    'no-store': {
      said: 'This browser window may keep nothing, so you cannot visit from it.',
      todo: 'Open the link in a usual window, not a private one, or on another device.',
    },
  },
  over: {
    left: { said: 'You ended the visit.', todo: 'You can ring again during the visiting hours.' },
    ended: { said: 'The visit is over.', todo: 'You can ring again during the visiting hours.' },
    'connection-lost': { said: 'The connection was lost.', todo: 'Check your network, then ring again.' },
    unverified: {
      said: 'It was not certain that this was the hospital, so the visit was ended.',
      todo: 'Telephone the ward.',
    },
    camera: {
      said: 'Your camera or microphone stopped, so the visit ended.',
      todo: 'Check them, then ring again.',
    },
    elsewhere: { said: 'Your visit is open in another window.', todo: 'It goes on there.' },
  },
} as const
