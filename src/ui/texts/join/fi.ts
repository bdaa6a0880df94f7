/** Suomi. Omaisia ja ulkopuolisia tulkkeja teititellään. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Liittykää puheluun',
    lead: 'Avatkaa osastolta saamanne linkki tai kirjoittakaa sen koodi tähän.',
    label: 'Koodi',
    hint: '26 kirjainta ja numeroa. Isoilla kirjaimilla, väleillä ja viivoilla ei ole väliä.',
    wrong: 'Tämä ei ole koko koodi: siinä on 26 kirjainta ja numeroa.',
    send: 'Jatka',
  },
  looking: {
    starting: 'Käynnistyy…',
    title: 'Etsitään puheluanne…',
    again: 'Yritä uudelleen',
  },
  invited: {
    title: '{name}, {role}, kutsuu teidät puheluun',
    you: 'Liitytte nimellä {name}, {role}.',
    notYou: 'Ettekö ole te? Sulkekaa tämä sivu ja kertokaa linkin antajalle.',
    before:
      'Mikään ei ole vielä päällä. Kun painatte Liity, selain pyytää lupaa käyttää kameraa ja mikrofonia.',
    join: 'Liity',
    again: 'Painakaa sitten Liity uudelleen.',
  },
  trying: {
    title: 'Kokeillaan kameraa ja mikrofonia…',
    todo: 'Jos selain kysyy, valitkaa Salli. Molemmat sammuvat taas, kunnes teidät päästetään puheluun.',
  },
  joining: {
    title: 'Yhdistetään osastolle…',
    lost: 'Sairaala ei vastaa. Sivu yrittää edelleen; tarkistakaa verkkoyhteytenne.',
  },
  waiting: {
    title: '{name} päästää teidät puheluun',
    titleWard: '{ward} päästää teidät puheluun',
    off: 'Kamera ja mikrofoni ovat pois päältä, kunnes olette puhelussa.',
    look: 'Katso omaa kuvaa',
    lookAway: 'Sulje oma kuva',
    onlyYou: 'Vain te näette tämän. Kukaan muu ei vielä näe eikä kuule teitä.',
    long: 'Kukaan ei ole vielä päästänyt teitä puheluun.',
    longTodo:
      'He voivat olla potilaan luona. Voitte odottaa tässä tai soittaa osastolle puhelimella. Linkki on jo käytetty, joten pitäkää tämä sivu auki.',
  },
  call: {
    title: 'Puhelunne',
    people: 'Puhelussa',
    you: 'Te: {name}, {role}',
    leave: 'Poistu',
    mute: 'Mykistä',
    unmute: 'Poista mykistys',
    lost: 'Sairaala ei juuri nyt vastaa. Puhelu jatkuu niin kauan kuin se voi.',
  },
  over: {
    left: { said: 'Poistuitte puhelusta.', todo: 'Jos haluatte palata, pyytäkää osastolta uusi linkki.' },
    ended: { said: 'Puhelu on päättynyt.', todo: 'Voitte sulkea tämän sivun.' },
    refused: {
      said: 'Teitä ei päästetty puheluun.',
      todo: 'Puhelu on voinut päättyä tai hoitaja on kutsuttu muualle. Soittakaa osastolle, jos haluatte yhä liittyä.',
    },
    declined: {
      said: 'Potilas ei halua, että kukaan liittyy nyt.',
      todo: 'Se on hänen valintansa, eikä se kerro mitään teistä. Osastolta kuulette, milloin on parempi hetki.',
    },
    unanswered: {
      said: 'Potilas ei vastannut, joten ette voineet liittyä.',
      todo: 'Hän voi olla lepäämässä. Pyytäkää osastolta uusi linkki myöhemmin.',
    },
    'unknown-code': {
      said: 'Linkki tai koodi ei toimi tai ei toimi enää.',
      todo: 'Se toimii kymmenen minuuttia, niin kauan kuin puhelu kestää. Pyytäkää uusi siltä, jolta sen saitte.',
    },
    'used-code': {
      said: 'Linkki on jo käytetty.',
      todo: 'Jokainen toimii kerran. Jos se ette ollut te, kertokaa osastolle. Pyytäkää uusi.',
    },
    gone: {
      said: 'Puhelu, johon linkki oli, on päättynyt.',
      todo: 'Pyytäkää osastolta uusi linkki, jos tarvitsette sellaisen.',
    },
    full: {
      said: 'Puhelussa on jo neljä.',
      todo: 'Pyytäkää osastoa kertomaan, kun puhelussa on tilaa.',
    },
    unverified: {
      said: 'Ei ollut varmaa, että vastassa oli sairaala, joten mitään ei aloitettu.',
      todo: 'Kukaan ei nähnyt eikä kuullut teitä. Soittakaa osastolle ja pyytäkää uusi linkki.',
    },
    'connection-lost': {
      said: 'Yhteys puheluun katkesi.',
      todo: 'Tarkistakaa verkkoyhteytenne ja pyytäkää osastolta uusi linkki.',
    },
    camera: {
      said: 'Kameranne tai mikrofoninne lakkasi toimimasta, joten poistuitte puhelusta.',
      todo: 'Pyytäkää osastolta uusi linkki.',
    },
    elsewhere: { said: 'Puhelunne on auki toisessa ikkunassa.', todo: 'Se jatkuu siellä.' },
    'no-store': {
      said: 'Tämä selainikkuna ei saa tallentaa mitään, joten siitä ei voi liittyä.',
      todo: 'Avatkaa linkki tavallisessa ikkunassa, ei yksityisessä, tai toisella laitteella.',
    },
  },
  after: {
    another: 'Kirjoita toinen koodi',
    useHere: 'Käytä täällä',
  },
} as const satisfies Like<typeof en>
