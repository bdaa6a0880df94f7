/** Nederlands. Voor personeel dat de instellingen van een tablet opent. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Personeelscode',
    pad: 'Cijfers',
    erase: 'Laatste cijfer wissen',
    close: 'Sluiten',
    typed: '{typed, number} van {all, number} cijfers getypt',
    where: 'Zes cijfers. Personeel leest ze op een werkstation, bij de gegevens van elk bed.',
    waits: 'Een ogenblik …',
    wrong:
      'Dat is niet de code. Nog {left, plural, one {# poging} other {# pogingen}}, daarna wacht deze tablet.',
    pauses: 'Meerdere verkeerde codes. Opnieuw proberen over {time}.',
    untold:
      'Deze tablet kent de personeelscode nog niet. Hij krijgt hem zodra hij de server bereikt: kijk naar wifi en stroom en probeer het opnieuw.',
    broken:
      'Het geheugen van deze tablet kan niet worden beschreven, dus kan geen code worden geprobeerd. Start de tablet opnieuw.',
  },
  page: {
    title: 'Instellingen van deze tablet',
    close: 'Sluiten',
    test: 'Zelftest',
    ring: 'Eén keer bellen',
    anew: 'Opnieuw laden',
    update: 'Nu bijwerken',
    leave: 'Van het bed halen',
  },
  names: {
    bed: 'Plaats',
    app: 'App',
    server: 'Server',
    relay: 'Relais',
    allowed: 'Toestemming',
    sound: 'Geluid',
    screen: 'Scherm',
    memory: 'Geheugen',
    battery: 'Batterij',
    clock: 'Klok',
  },
  server: {
    ready: 'Bereikt.',
    connecting: 'Wordt gevraagd …',
    updating: 'Bereikt, en wil een nieuwere app. Die wordt opgehaald.',
    unreachable: 'Niet bereikt sinds {time}. Kijk naar de wifi van deze tablet en meld het dan aan IT.',
    uncertified: 'Bereikt. Een beheerder moet deze tablet nog ondertekenen.',
    replaced: 'Een ander venster van deze tablet is in gebruik. Sluit er een.',
    revoked: 'Deze tablet hoort bij geen bed meer. Haal hem hier van het bed en koppel hem opnieuw.',
  },
  said: {
    looking: 'Wordt bekeken …',
    bed: '{place}. Het nummer eindigt op {id}.',
    noBed: 'Geen.',
    app: 'Versie {build}. Er wacht geen update.',
    appWaits: 'Versie {build}. Een update wacht tot niemand de tablet een minuut heeft aangeraakt.',
    appTaken: 'Versie {build}. De update wordt opgehaald; daarna laadt de pagina opnieuw.',
    appUnknown: 'De versie is niet bekend.',
    relayTried: 'De wegen worden geprobeerd …',
    relayNone: 'Er is geen weg geprobeerd: er is geen relais, of de server is niet bereikt.',
    relayOpen: 'Bereikt via {open}.',
    relayClosed: 'Er leidt geen weg heen. Meld het aan IT: de poorten kunnen op dit netwerk dicht zijn.',
    relaySome: 'Bereikt via {open}, niet via {closed}. Meld het aan IT.',
    allowed: 'Camera en microfoon zijn toegestaan.',
    notAllowed: 'Sta camera en microfoon toe in de instellingen van deze browser.',
    allowedUnknown: 'De browser zegt het niet. De zelftest laat het zien.',
    soundOn: 'Een oproep is te horen.',
    soundBlocked: 'Geblokkeerd tot iemand het scherm aanraakt.',
    screenOn: 'Blijft aan.',
    screenOff: 'Kan uitgaan. Zet de schermtijd van de tablet op nooit.',
    memoryKept: 'Blijft bewaard. {used, number} van {quota, number} MB in gebruik.',
    memoryNotKept:
      'De browser kan het legen. Installeer de app op het beginscherm. {used, number} van {quota, number} MB in gebruik.',
    memoryUnknown: 'De browser zegt het niet.',
    charging: '{percent, number} %, aan de lader.',
    draining: '{percent, number} %, niet aan de lader. Sluit hem aan.',
    batteryUnknown: 'De browser zegt het niet.',
    clockRight: 'Gelijk met die van de server.',
    clockBehind:
      '{minutes, plural, one {# minuut} other {# minuten}} achter. Stel datum en tijd van de tablet in.',
    clockAhead:
      '{minutes, plural, one {# minuut} other {# minuten}} voor. Stel datum en tijd van de tablet in.',
    clockUnknown: 'Niet vergeleken: de server is nog niet gehoord.',
  },
  leave: {
    title: 'Wordt van het bed gehaald',
    ask: 'Deze tablet van {place} halen?',
    means:
      'Hij vergeet wie er ligt. Niemand kan dat bed bellen tot er met een nieuwe code een tablet aan is gekoppeld.',
    untold: 'De server kan het nu niet horen: trek deze tablet ook in op de beheerderspagina Tablets.',
    sure: 'Zeker weten? {place} heeft dan geen tablet.',
    surely: 'De patiënt kan niet worden gebeld en kan hier niet om de verpleegkundige vragen.',
    keep: 'Bij het bed laten',
    go: 'Weghalen',
    goNow: 'Nu weghalen',
    goes: 'Een ogenblik …',
    failed:
      'Niet alles van de patiënt kon worden gewist. Geef deze tablet niet door: start hem opnieuw en probeer het nog eens.',
    back: 'Terug naar de instellingen',
  },
} as const satisfies Like<typeof en>
