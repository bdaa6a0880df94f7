/** Svenska. Anhöriga och tolkar tilltalas med du. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Var med i ett samtal',
    lead: 'Öppna länken som avdelningen skickade, eller skriv koden här.',
    label: 'Kod',
    hint: '26 bokstäver och siffror. Stora bokstäver, mellanslag och streck spelar ingen roll.',
    wrong: 'Det här är inte hela koden: den har 26 bokstäver och siffror.',
    send: 'Fortsätt',
  },
  looking: {
    starting: 'Startar…',
    title: 'Söker ditt samtal…',
    again: 'Försök igen',
  },
  invited: {
    title: '{name}, {role}, bjuder in dig till ett samtal',
    you: 'Du är med som {name}, {role}.',
    notYou: 'Är det inte du? Stäng sidan och säg till den som gav dig länken.',
    before: 'Ingenting är på ännu. När du trycker på Var med ber webbläsaren om kameran och mikrofonen.',
    join: 'Var med',
    again: 'Tryck sedan på Var med igen.',
  },
  trying: {
    title: 'Provar kameran och mikrofonen…',
    todo: 'Om webbläsaren frågar, välj Tillåt. Båda stängs av igen tills du släpps in.',
  },
  joining: {
    title: 'Ansluter till avdelningen…',
    lost: 'Sjukhuset svarar inte. Sidan fortsätter att försöka; kontrollera ditt nätverk.',
  },
  waiting: {
    title: '{name} släpper in dig',
    titleWard: '{ward} släpper in dig',
    off: 'Kameran och mikrofonen är av tills du är med i samtalet.',
    look: 'Se din egen bild',
    lookAway: 'Stäng av min bild',
    onlyYou: 'Bara du ser det här. Ingen annan ser eller hör dig ännu.',
    long: 'Ingen har släppt in dig ännu.',
    longTodo:
      'De kan vara upptagna med patienten. Du kan vänta här eller ringa avdelningen. Länken är förbrukad, så låt sidan vara öppen.',
  },
  call: {
    title: 'Ditt samtal',
    people: 'I samtalet',
    you: 'Du: {name}, {role}',
    leave: 'Lämna',
    mute: 'Stäng av min mikrofon',
    unmute: 'Slå på min mikrofon',
    lost: 'Sjukhuset svarar inte just nu. Samtalet fortsätter så länge det går.',
  },
  over: {
    left: { said: 'Du lämnade samtalet.', todo: 'Be avdelningen om en ny länk om du vill komma tillbaka.' },
    ended: { said: 'Samtalet är slut.', todo: 'Du kan stänga sidan.' },
    refused: {
      said: 'Du släpptes inte in.',
      todo: 'Samtalet kan vara slut, eller så blev sjuksköterskan kallad till annat. Ring avdelningen om du ändå vill vara med.',
    },
    declined: {
      said: 'Patienten vill helst inte att någon är med nu.',
      todo: 'Det är patientens val och säger inget om dig. Avdelningen kan säga när det passar bättre.',
    },
    unanswered: {
      said: 'Patienten svarade inte, så du kunde inte vara med.',
      todo: 'Patienten kanske vilar. Be avdelningen om en ny länk senare.',
    },
    'unknown-code': {
      said: 'Länken eller koden fungerar inte, eller inte längre.',
      todo: 'Den gäller i tio minuter, så länge samtalet pågår. Be den som gav dig den om en ny.',
    },
    'used-code': {
      said: 'Länken har redan använts.',
      todo: 'Varje länk fungerar en gång. Var det inte du, säg till avdelningen. Be om en ny.',
    },
    gone: {
      said: 'Samtalet som länken gällde är slut.',
      todo: 'Be avdelningen om en ny länk om du behöver en.',
    },
    full: { said: 'Det är redan fyra i samtalet.', todo: 'Be avdelningen säga till när det finns plats.' },
    unverified: {
      said: 'Det var inte säkert att det var sjukhuset, så inget påbörjades.',
      todo: 'Ingen såg eller hörde dig. Ring avdelningen och be om en ny länk.',
    },
    'connection-lost': {
      said: 'Anslutningen till samtalet bröts.',
      todo: 'Kontrollera ditt nätverk och be sedan avdelningen om en ny länk.',
    },
    camera: {
      said: 'Din kamera eller mikrofon slutade fungera, så du lämnade samtalet.',
      todo: 'Be avdelningen om en ny länk.',
    },
    elsewhere: { said: 'Ditt samtal är öppet i ett annat fönster.', todo: 'Det fortsätter där.' },
    'no-store': {
      said: 'Det här webbläsarfönstret får inte spara något och kan därför inte vara med.',
      todo: 'Öppna länken i ett vanligt fönster, inte ett privat, eller på en annan enhet.',
    },
  },
  after: {
    another: 'Skriv en annan kod',
    useHere: 'Använd här',
  },
} as const satisfies Like<typeof en>
