/** Svenska. Patienten tilltalas med du, som i vården. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  app: {
    product: 'Bedside',
    language: 'Språk',
    demoWard: 'Demoavdelning',
    emergency: 'Nödläge: tryck på den röda larmknappen',
    forStaff: 'Till personalen: {text}',
    close: 'Stäng',
    noStore: 'Bedside behöver ett webbläsarfönster som får spara data, via HTTPS eller på den här datorn.',
  },
  roles: { nurse: 'sjuksköterska', doctor: 'läkare', interpreter: 'tolk', admin: 'administratör' },
  guestKinds: {
    family: 'anhörig',
    interpreter: 'tolk',
    other: 'gäst',
    visitor: 'patient',
    relative: 'anhörig',
  },
  places: {
    bed: 'Säng {label}',
    bedInWard: 'Säng {label} · {ward}',
    beds: '{count, plural, one {Säng {labels}} other {Sängar {labels}}}',
  },
  incoming: {
    ringing: '{name}, {role}, ringer',
    knocking: '{name}, {role}, knackar på',
    wish: 'vill gärna prata med dig',
    continued: 'är kvar i samtalet. Fortsätta?',
    offUntilAnswer: 'Din kamera är av tills du svarar.',
    offUntilEntry: 'Din kamera är av till dess.',
    comesIn: 'Samtalet börjar om {count, plural, one {# sekund} other {# sekunder}}',
    enters: '{name} kommer in om {count, plural, one {# sekund} other {# sekunder}}',
    answer: 'Svara',
    notNow: 'Inte nu',
  },
  tracks: {
    both: 'Kamera och mikrofon är på',
    camera: 'Kameran på, mikrofonen av',
    microphone: 'Mikrofonen på, kameran av',
    none: 'Kamera och mikrofon av',
    atRest: 'Kamera och mikrofon är av.',
    cameraOff: 'Stäng av kameran',
    cameraOn: 'Slå på kameran',
    end: 'Avsluta samtalet',
  },
  stage: {
    patient: 'Patientens bild',
    staff: 'Personalens bild',
    own: 'Din bild',
    muted: '{name} har mikrofonen avstängd',
    weak: 'Svag anslutning',
    held: 'Din bild är pausad.',
    inspected: 'Din bild är skarpare nu.',
    replaced: 'Urkopplad. Används nu: {device}',
    cameraGone: 'Din kamera kopplades ur.',
    microphoneGone: 'Din mikrofon kopplades ur: du hörs inte.',
  },
  cameraTroubles: {
    denied: {
      said: 'Webbläsaren låter inte Bedside använda kameran och mikrofonen.',
      steps:
        'Tryck på tecknet till vänster om adressen eller öppna appens inställningar.\nTillåt kamera och mikrofon.',
    },
    missing: {
      said: 'Ingen kamera eller ingen mikrofon hittades.',
      steps: 'Kontrollera att båda är inkopplade och påslagna.\nStarta om enheten om de är inbyggda.',
    },
    taken: {
      said: 'Ett annat program använder kameran eller mikrofonen.',
      steps: 'Stäng andra appar och flikar som visar en bild.',
    },
  },
  refusals: {
    'bad-request': {
      said: 'Länken är inte fullständig.',
      todo: 'Skanna eller kopiera hela länken och öppna den igen.',
    },
    'foreign-origin': {
      said: 'Sidan öppnades från fel adress.',
      todo: 'Öppna länken exakt som den är tryckt.',
    },
    'too-many': {
      said: 'Det har gjorts för många försök härifrån.',
      todo: 'Vänta en minut och öppna sedan länken igen.',
    },
    'not-ready': {
      said: 'Avdelningens server håller på att starta.',
      todo: 'Öppna länken igen om några sekunder.',
    },
    'wrong-credentials': { said: 'Det stämde inte.', todo: 'Försök igen eller logga in på ett annat sätt.' },
    'signed-out': { said: 'Du är inte inloggad.', todo: 'Logga in igen.' },
    locked: { said: 'Den här webbläsaren är låst.', todo: 'Lås upp den och försök igen.' },
    forbidden: {
      said: 'Din roll tillåter inte detta.',
      todo: 'Fråga en administratör om den borde göra det.',
    },
    'not-found': { said: 'Det finns inget här med det namnet.', todo: 'Det kan ha ändrats. Titta igen.' },
    conflict: { said: 'Något hindrar detta just nu.', todo: 'Se hur det är nu och bestäm sedan igen.' },
    outdated: {
      said: 'Den här sidan är en äldre version än servern.',
      todo: 'Ladda om den. Det du har skrivit finns kvar.',
    },
    unavailable: {
      said: 'En annan av sjukhusets servrar svarar inte.',
      todo: 'Vänta en minut och försök igen.',
    },
    'storage-full': {
      said: 'Det finns inte plats för det på avdelningens server.',
      todo: 'Be IT om mer plats, eller skicka mindre.',
    },
    unreachable: {
      said: 'Avdelningens server svarade inte.',
      todo: 'Kontrollera nätverket och öppna sedan länken igen.',
    },
  },
} as const satisfies Like<typeof en>
