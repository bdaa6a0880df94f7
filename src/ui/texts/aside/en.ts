/** What is asked and shown beside a call: the curtain, the forgotten call. */
export default {
  /** To the patient: the drawn curtain. */
  privacy: {
    title: 'Privacy',
    ask: 'How long do you want to be alone?',
    means: 'Nobody can call you here. Your red call button works as always.',
    length: '{count} minutes',
    until: 'Nobody can call until {time}.',
    soon: 'Two minutes left.',
    more: '15 more',
    end: 'End privacy',
    back: 'Back',
  },
  still: {
    title: 'Still talking?',
    why: 'Nobody has touched the station for a while. Without a reply the call ends in a minute, and camera and microphone go off.',
    yes: 'Yes',
  },
} as const
