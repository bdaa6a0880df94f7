/** Svenska. Till personal som öppnar en surfplattas inställningar. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Personalkod',
    pad: 'Siffror',
    erase: 'Ta bort sista siffran',
    close: 'Stäng',
    typed: '{typed, number} av {all, number} siffror skrivna',
    where:
      'Sex siffror. Personalen läser dem vid en arbetsstation, bland uppgifterna om vilken säng som helst.',
    waits: 'Ett ögonblick …',
    wrong: 'Det är fel kod. {left, plural, one {# försök} other {# försök}} kvar, sedan väntar surfplattan.',
    pauses: 'Flera felaktiga koder. Nytt försök om {time}.',
    untold:
      'Surfplattan har inte fått personalkoden än. Den får den så snart den når servern: kontrollera wifi och ström och försök igen.',
    broken: 'Surfplattans minne kan inte skrivas, så ingen kod kan prövas. Starta om surfplattan.',
  },
  page: {
    title: 'Surfplattans inställningar',
    close: 'Stäng',
    test: 'Självtest',
    ring: 'Ring en gång',
    anew: 'Ladda om',
    update: 'Uppdatera nu',
    leave: 'Ta bort från sängen',
  },
  names: {
    bed: 'Plats',
    app: 'App',
    server: 'Server',
    relay: 'Relä',
    allowed: 'Behörigheter',
    sound: 'Ljud',
    screen: 'Skärm',
    memory: 'Minne',
    battery: 'Batteri',
    clock: 'Klocka',
  },
  server: {
    ready: 'Nås.',
    connecting: 'Ansluter …',
    updating: 'Nås, men vill ha en nyare app. Den hämtas.',
    unreachable: 'Nås inte sedan {time}. Kontrollera surfplattans wifi och säg sedan till IT.',
    uncertified: 'Nås. En administratör har inte signerat surfplattan än.',
    replaced: 'Ett annat fönster på surfplattan används. Stäng ett av dem.',
    revoked: 'Surfplattan hör inte längre till någon säng. Ta bort den här och bind den sedan på nytt.',
  },
  said: {
    looking: 'Kontrolleras …',
    bed: '{place}. Dess id slutar på {id}.',
    noBed: 'Ingen.',
    app: 'Version {build}. Ingen uppdatering väntar.',
    appWaits: 'Version {build}. En uppdatering väntar tills ingen har rört surfplattan på en minut.',
    appTaken: 'Version {build}. Uppdateringen hämtas; sedan laddas sidan om.',
    appUnknown: 'Versionen är inte känd.',
    relayTried: 'Vägarna prövas …',
    relayNone: 'Ingen väg prövades: det finns inget relä, eller så nåddes inte servern.',
    relayOpen: 'Nås via {open}.',
    relayClosed: 'Ingen väg leder dit. Säg till IT: portarna kan vara stängda i det här nätet.',
    relaySome: 'Nås via {open}, inte via {closed}. Säg till IT.',
    allowed: 'Kamera och mikrofon är tillåtna.',
    notAllowed: 'Tillåt kamera och mikrofon i webbläsarens inställningar.',
    allowedUnknown: 'Webbläsaren säger det inte. Självtestet visar det.',
    soundOn: 'Ett samtal hörs.',
    soundBlocked: 'Blockerat tills någon trycker på skärmen.',
    screenOn: 'Förblir på.',
    screenOff: 'Kan slockna. Ställ in surfplattans skärmtid på aldrig.',
    memoryKept: 'Behålls. {used, number} av {quota, number} MB används.',
    memoryNotKept:
      'Webbläsaren kan tömma det. Installera appen på hemskärmen. {used, number} av {quota, number} MB används.',
    memoryUnknown: 'Webbläsaren säger det inte.',
    charging: '{percent, number} %, i laddaren.',
    draining: '{percent, number} %, inte i laddaren. Anslut den.',
    batteryUnknown: 'Webbläsaren säger det inte.',
    clockRight: 'Stämmer med serverns.',
    clockBehind:
      '{minutes, plural, one {# minut} other {# minuter}} efter. Ställ in surfplattans datum och tid.',
    clockAhead:
      '{minutes, plural, one {# minut} other {# minuter}} före. Ställ in surfplattans datum och tid.',
    clockUnknown: 'Inte jämförd: servern har inte hörts än.',
  },
  leave: {
    title: 'Tas bort från sängen',
    ask: 'Ta bort surfplattan från {place}?',
    means:
      'Den glömmer den som ligger där. Ingen kan ringa till sängen förrän en surfplatta har bundits till den med en ny kod.',
    untold:
      'Servern kan inte få veta det nu: återkalla även surfplattan på administratörernas sida Surfplattor.',
    sure: 'Är du säker? {place} blir utan surfplatta.',
    surely: 'Patienten kan inte nås och kan inte fråga efter sin sköterska här.',
    keep: 'Behåll vid sängen',
    go: 'Ta bort',
    goNow: 'Ta bort nu',
    goes: 'Ett ögonblick …',
    failed:
      'Allt som rör patienten kunde inte raderas. Lämna inte surfplattan vidare: starta om den och försök igen.',
    back: 'Tillbaka till inställningarna',
  },
} as const satisfies Like<typeof en>
